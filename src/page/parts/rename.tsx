import { useState } from "preact/hooks";

import { change } from "../keeping";
import { strings } from "../strings";
import type { Conversation } from "../types";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";
import { useTask } from "./use-task";

type Props = { conversation: Conversation; onClose: () => void };

/** Another title for a conversation. */
export function Rename({ conversation, onClose }: Props) {
  const { room, persona } = strings.value;
  const [title, setTitle] = useState(conversation.title);
  const { busy, failure, run } = useTask();
  const rename = (event: Event) =>
    run(event, async () => {
      await change(conversation.id, { title });
      onClose();
    });
  return (
    <Dialog title={room.renameTitle} onClose={onClose}>
      <form onSubmit={(event) => void rename(event)}>
        <Field label={room.title} required maxLength={255} value={title} onValue={setTitle} />
        {failure && <FailureNotice failure={failure} />}
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {persona.cancel}
          </button>
          <button type="submit" class="button strong" disabled={busy}>
            {persona.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
