import { recentJobs } from "../bringing";
import { FailureNotice } from "../parts/failure-notice";
import { Report, whatCameIn } from "../parts/import-report";
import { useRead } from "../parts/use-read";
import { strings } from "../strings/all";

/** What was brought in within a day, and the report of each. */
export function Brought() {
  const { value, failure, again } = useRead(recentJobs);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!value?.length) return null;
  return (
    <ul class="rows" aria-label={strings.value.bringing.recent}>
      {value.map((job) => (
        <li key={job.id} class="arrival">
          <p>
            <strong>{job.name || strings.value.bringing.untitled}</strong>
            <small>{job.error?.detail ?? whatCameIn(job)}</small>
          </p>
          {job.report_lines > 0 && <Report id={job.id} />}
        </li>
      ))}
    </ul>
  );
}
