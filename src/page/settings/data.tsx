import { useState } from "preact/hooks";

import { size } from "../amounts";
import { bring } from "../brought";
import { Choice } from "../parts/choice";
import { FailureNotice } from "../parts/failure-notice";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import { count } from "../time";
import { Brought } from "./brought";
import { progress, saveExport, startExport, stopExport, type Format, type Progress } from "./exporting";

/** Everything that is kept, in one file; and the way in for what was kept elsewhere. */
export function Data() {
  const { data } = strings.value;
  const { failure, run } = useTask();
  const now = progress.value;
  const [format, setFormat] = useState<Format>(now?.format ?? "jsonl");
  const isRunning = now?.state === "reading" || now?.state === "waiting";
  const goOn = now?.state === "stopped";
  return (
    <section class="card">
      <h2>{data.title}</h2>
      <p class="hint">{data.lead}</p>
      {failure && <FailureNotice failure={failure} />}
      {!isRunning && !goOn && (
        <Choice<Format> label={data.format} options={data.formats} chosen={format} onChoose={setFormat} />
      )}
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
            onClick={(event) =>
              void run(event, () => startExport({ goOn, format: goOn ? now.format : format }))
            }
          >
            {goOn ? data.goOn : data.start}
          </button>
        )}
        {now?.state === "done" && (
          <button type="button" class="button strong" onClick={saveExport}>
            {data.save}
          </button>
        )}
        <button type="button" class="button" onClick={() => bring()}>
          {data.bringIn}
        </button>
      </div>
      <Brought />
    </section>
  );
}

function HowFar({ now }: { now: Progress }) {
  const { data } = strings.value;
  const { format, state, lines, bytes, messages, expected, patience, failure } = now;
  const told = state === "done" ? data.done : data.lines;
  // Of an archive nobody knows how large it will be until it is there.
  const share = format === "zip" ? undefined : shareOf(messages, expected);
  return (
    <div class="how-far">
      <progress max={1} value={state === "done" ? 1 : share} aria-label={data.progress} />
      <p role={state === "done" ? "status" : undefined}>
        {lines > 0 ? told(count(lines), size(bytes)) : size(bytes)}
      </p>
      {state === "waiting" && <p class="hint">{data.waiting(patience)}</p>}
      {failure && <FailureNotice failure={failure} />}
      {failure && <p class="hint">{data.brokeOff}</p>}
    </div>
  );
}

/** Of the messages, which most lines are; never whole before the end has said so. */
const shareOf = (messages: number, expected: number): number =>
  Math.min(0.97, messages / Math.max(1, expected));
