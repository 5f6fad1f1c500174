import { useState } from "preact/hooks";

import { api } from "../api";
import { toFailure, type Failure } from "../failure";
import { putConversation, tell } from "../store";
import { strings } from "../strings";
import type { Talk } from "../talk";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";

/** Another title for a conversation. */
export function Rename({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const { room, persona } = strings.value;
  const [title, setTitle] = useState(talk.conversation.value?.title ?? "");
  const [failure, setFailure] = useState<Failure | null>(null);
  const rename = async (event: Event) => {
    event.preventDefault();
    try {
      const renamed = await api.renameConversation(talk.id, title);
      talk.conversation.value = renamed;
      putConversation(renamed);
      tell({ lists: true });
      onClose();
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  return (
    <Dialog title={room.renameTitle} onClose={onClose}>
      <form onSubmit={(event) => void rename(event)}>
        <Field label={room.title} required maxLength={255} value={title} onValue={setTitle} />
        {failure && <FailureNotice failure={failure} />}
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {persona.cancel}
          </button>
          <button type="submit" class="button strong">
            {persona.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
