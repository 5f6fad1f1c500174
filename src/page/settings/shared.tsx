import { FailureNotice } from "../parts/failure-notice";
import { Links } from "../parts/links";
import { useRead } from "../parts/use-read";
import { sharing } from "../sharing";
import { strings } from "../strings/all";

/** What anybody may read who has a link to it. */
export function Shared() {
  const { share } = strings.value;
  const { value, failure, again } = useRead(sharing.links);
  return (
    <section class="card">
      <h2>{share.links}</h2>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {value?.length === 0 && <p class="hint">{share.none}</p>}
      <Links links={value ?? []} onChange={again} />
    </section>
  );
}
