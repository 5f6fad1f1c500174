import { useId, useState } from "preact/hooks";

import { objecting, reporting } from "../objecting";
import { strings } from "../strings/all";
import type { Message, ReportReason } from "../types";
import { announce } from "./announcer";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { NoteField } from "./note-field";
import { useTask } from "./use-task";

const close = () => (reporting.value = null);

/** Reports a reply to the people who run this server. */
export function Reporting({ message }: { message: Message }) {
  const { report } = strings.value;
  const id = useId();
  const [reason, setReason] = useState<ReportReason>("other");
  const [note, setNote] = useState("");
  const { busy, failure, run } = useTask();
  const send = async () => {
    await objecting.report(message.id, reason, note.trim());
    announce(report.done);
    close();
  };
  return (
    <Dialog title={report.title} onClose={close}>
      <p>{report.lead}</p>
      <form onSubmit={(event) => void run(event, send)}>
        <div class="field">
          <label for={id}>{report.reason}</label>
          <select
            id={id}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value as ReportReason)}
          >
            {(Object.entries(report.reasons) as [ReportReason, string][]).map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        </div>
        <NoteField label={report.note} value={note} onValue={setNote} />
        {failure && <FailureNotice failure={failure} />}
        <div class="actions">
          <button type="button" class="button" onClick={close}>
            {report.cancel}
          </button>
          <button type="submit" class="button strong" disabled={busy}>
            {report.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
