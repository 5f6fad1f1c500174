import { useState } from "preact/hooks";

import { objecting } from "../objecting";
import { announce } from "../parts/announcer";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { NoteField } from "../parts/note-field";
import { useRead } from "../parts/use-read";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import { day } from "../time";
import type { FalseAlarm, SafetyEvent } from "../types";

/** What was found of one for safety's sake, and what one says to it. */
export function Found() {
  const { found } = strings.value;
  const { value, failure, again } = useRead(objecting.events);
  return (
    <section class="card">
      <h2>{found.title}</h2>
      <p class="hint">
        {found.lead}{" "}
        <a href="/safety/protocol" target="_blank" rel="noopener">
          {found.protocol}
        </a>
      </p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {value?.length === 0 && <p>{found.nothing}</p>}
      <ul class="rows">
        {value?.map((event) => (
          <Row key={event.id} event={event} onChange={again} />
        ))}
      </ul>
    </section>
  );
}

type RowProps = { event: SafetyEvent; onChange: () => void };

function Row({ event, onChange }: RowProps) {
  const { found } = strings.value;
  const isDecision = event.code === "minor_signal" || event.code === "cut";
  return (
    <li>
      <p>
        <strong>{found.codes[event.code]}</strong>
        <small>{day(event.day)}</small>
        <State event={event} />
      </p>
      {isDecision && !event.appeal && <Appeal event={event} onChange={onChange} />}
      {!isDecision && !event.feedback && <WasWrong event={event} onChange={onChange} />}
    </li>
  );
}

/** What was said to it, and answered. */
function State({ event: { appeal, feedback } }: { event: SafetyEvent }) {
  const { found } = strings.value;
  if (feedback) return <small>{found.wrong[feedback]}</small>;
  if (!appeal) return null;
  return (
    <small>
      {found.appeals[appeal.status]}
      {appeal.answer && ` “${appeal.answer}”`}
    </small>
  );
}

function WasWrong({ event, onChange }: RowProps) {
  const { found } = strings.value;
  const { busy, failure, run } = useTask();
  const say = async (about: FalseAlarm) => {
    await objecting.wasWrong(event.id, about);
    announce(found.noted);
    onChange();
  };
  return (
    <>
      <select
        aria-label={found.wrongLabel}
        disabled={busy}
        onChange={(change) => void run(change, () => say(change.currentTarget.value as FalseAlarm))}
      >
        <option value="" selected disabled>
          {found.wrongLabel}
        </option>
        {(Object.entries(found.wrong) as [FalseAlarm, string][]).map(([about, text]) => (
          <option key={about} value={about}>
            {text}
          </option>
        ))}
      </select>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

function Appeal({ event, onChange }: RowProps) {
  const { found, report } = strings.value;
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const { busy, failure, run } = useTask();
  const send = async () => {
    await objecting.appeal(event.id, note.trim());
    setAsking(false);
    announce(found.noted);
    onChange();
  };
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {found.appeal}
      </button>
      {asking && (
        <Dialog title={found.appealTitle} onClose={() => setAsking(false)}>
          <p>{found.appealLead}</p>
          <form onSubmit={(submit) => void run(submit, send)}>
            <NoteField label={report.note} value={note} onValue={setNote} />
            {failure && <FailureNotice failure={failure} />}
            <div class="actions">
              <button type="button" class="button" onClick={() => setAsking(false)}>
                {report.cancel}
              </button>
              <button type="submit" class="button strong" disabled={busy}>
                {report.send}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
