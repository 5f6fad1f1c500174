import { size } from "../amounts";
import { FailureNotice } from "../parts/failure-notice";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import { count } from "../time";
import { exportedFile, progress, startExport, stopExport, type Progress } from "./exporting";

/** Everything that is kept, in one file. */
export function Data() {
  const { data } = strings.value;
  const { failure, run } = useTask();
  const now = progress.value;
  const isRunning = now?.state === "reading" || now?.state === "waiting";
  const goOn = now?.state === "stopped";
  return (
    <section class="card">
      <h2>{data.title}</h2>
      <p class="hint">{data.lead}</p>
      {failure && <FailureNotice failure={failure} />}
      {now && <HowFar now={now} />}
      <div class="actions start">
        {isRunning ? (
          <button type="button" class="button" onClick={stopExport}>
            {data.cancel}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            onClick={(event) => void run(event, () => startExport({ goOn }))}
          >
            {goOn ? data.goOn : data.start}
          </button>
        )}
        {now?.state === "done" && (
          <button type="button" class="button strong" onClick={save}>
            {data.save}
          </button>
        )}
      </div>
    </section>
  );
}

function HowFar({ now: { state, lines, bytes, messages, expected, patience, failure } }: { now: Progress }) {
  const { data } = strings.value;
  const told = state === "done" ? data.done : data.lines;
  return (
    <div class="how-far">
      <progress
        max={1}
        value={state === "done" ? 1 : shareOf(messages, expected)}
        aria-label={data.progress}
      />
      <p role={state === "done" ? "status" : undefined}>{told(count(lines), size(bytes))}</p>
      {state === "waiting" && <p class="hint">{data.waiting(patience)}</p>}
      {failure && <FailureNotice failure={failure} />}
      {failure && <p class="hint">{data.brokeOff}</p>}
    </div>
  );
}

/** Of the messages, which most lines are; never whole before the end has said so. */
const shareOf = (messages: number, expected: number): number =>
  Math.min(0.97, messages / Math.max(1, expected));

function save(): void {
  const address = URL.createObjectURL(exportedFile());
  const link = document.createElement("a");
  link.href = address;
  link.download = `export-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
