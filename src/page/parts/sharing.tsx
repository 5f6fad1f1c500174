import { useState } from "preact/hooks";

import { sharing } from "../sharing";
import { strings } from "../strings/all";
import type { Conversation } from "../types";
import { announce } from "./announcer";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";
import { Links } from "./links";
import { useRead } from "./use-read";
import { useTask } from "./use-task";

type Props = { conversation: Conversation; messageId: number | undefined; onClose: () => void };

/** Makes a link to what was said, and says what it shows. */
export function Sharing({ conversation, messageId, onClose }: Props) {
  const { share, errors } = strings.value;
  const [title, setTitle] = useState("");
  const [showsPersona, setShowsPersona] = useState(true);
  const links = useRead(sharing.links);
  const { busy, failure, run } = useTask();
  const make = async () => {
    await sharing.make(conversation.id, {
      show_persona: showsPersona,
      ...(title.trim() && { title: title.trim() }),
      ...(messageId && { message_id: messageId }),
    });
    announce(share.made);
    links.again();
  };
  return (
    <Dialog title={share.title} onClose={onClose}>
      <p>{messageId ? share.leadUpTo : share.lead}</p>
      <form onSubmit={(event) => void run(event, make)}>
        <Field
          label={share.name}
          hint={share.nameHint}
          maxLength={255}
          autocomplete="off"
          value={title}
          onValue={setTitle}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={showsPersona}
            onChange={({ currentTarget }) => setShowsPersona(currentTarget.checked)}
          />
          <span>{share.persona}</span>
        </label>
        {failure && <FailureNotice failure={failure} />}
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {errors.close}
          </button>
          <button type="submit" class="button strong" disabled={busy}>
            {share.make}
          </button>
        </div>
      </form>
      {links.failure && <FailureNotice failure={links.failure} onAgain={links.again} />}
      <Links
        links={(links.value ?? []).filter(({ conversation_id }) => conversation_id === conversation.id)}
        onChange={links.again}
      />
    </Dialog>
  );
}
