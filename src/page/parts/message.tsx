import { useMemo, useState } from "preact/hooks";

import { inspect } from "../beside";
import { edit, goOn, regenerate, rewrite, turnTo } from "../branching";
import { draftOf } from "../drafts";
import { blocksOf, Markdown } from "../markdown";
import { strings } from "../strings";
import type { Talk } from "../talk";
import { days } from "../time";
import { sentences } from "../turn";
import type { Message, Persona } from "../types";
import { Avatar } from "./avatar";
import { Editor } from "./editor";
import { Icon } from "./icon";
import { hasVariants, ReplyTools, SaidTools } from "./message-tools";
import { useSwipe } from "./use-swipe";

/** What the user said. */
export function Said({ talk, message }: { talk: Talk; message: Message }) {
  const { room, editor } = strings.value;
  const [editing, open, close] = useEditing(message);
  return (
    <li class="said" id={`m${message.id}`} tabIndex={-1}>
      <span class="unseen">{room.you}</span>
      {editing ? (
        <Editor
          talk={talk}
          message={message}
          enterSends
          onClose={close}
          actions={[
            { label: editor.keep, onSave: (text) => rewrite(talk, message, text) },
            { label: editor.send, onSave: (text) => edit(talk, message, text) },
          ]}
        />
      ) : (
        <>
          <div class="bubble">{message.content}</div>
          <SaidTools talk={talk} message={message} onEdit={open} />
        </>
      )}
    </li>
  );
}

/** Whether a message is being said otherwise; it is again after a reload, or where what was said was refused. */
function useEditing({ id }: Message): [editing: boolean, open: () => void, close: () => void] {
  const [editing, setEditing] = useState(() => draftOf(`m${id}`) !== "");
  return [editing, () => setEditing(true), () => setEditing(false)];
}

export type ReplyProps = { talk: Talk; persona: Persona; message: Message; isLast: boolean };

/** What the persona said. */
export function Reply({ talk, persona, message, isLast }: ReplyProps) {
  const { room, editor } = strings.value;
  const [editing, open, close] = useEditing(message);
  const isWritten = message.status === "in_progress";
  const swipe = useSwipe((step) => void turnTo(talk, message, step, null));
  return (
    <li
      class={isLast ? "reply last" : "reply"}
      id={`m${message.id}`}
      tabIndex={-1}
      {...(hasVariants(message) && swipe)}
    >
      <Avatar persona={persona} size="small" />
      <div class="voice">
        <span class="unseen">{room.said(persona.name)}</span>
        {editing ? (
          <Editor
            talk={talk}
            message={message}
            onClose={close}
            actions={[
              { label: editor.goOn, onSave: (text) => edit(talk, message, text) },
              { label: editor.save, onSave: (text) => rewrite(talk, message, text) },
            ]}
          />
        ) : (
          <Words message={message} />
        )}
        {!editing && message.recalled && <Reminded message={message} recalled={message.recalled} />}
        <Ending talk={talk} message={message} isLast={isLast} />
      </div>
      {!editing && !isWritten && <ReplyTools talk={talk} message={message} isLast={isLast} onEdit={open} />}
    </li>
  );
}

function Words({ message: { content, status } }: { message: Message }) {
  const blocks = useMemo(() => blocksOf(content), [content]);
  return <Markdown blocks={blocks} writing={status === "in_progress"} />;
}

/** From when it was that the reply remembers something; what it was is one press away. */
const Reminded = ({ message, recalled: { from, to } }: RemindedProps) => (
  <button type="button" class="reminded" onClick={() => inspect(message)}>
    <Icon name="memory" />
    {strings.value.room.remembered(days(from, to))}
  </button>
);
type RemindedProps = { message: Message; recalled: NonNullable<Message["recalled"]> };

/** How a reply ended that is not whole, and what can be done. */
function Ending({ talk, message, isLast }: Omit<ReplyProps, "persona">) {
  const { room, errors, failures } = strings.value;
  const { id, status, error_code, finish_reason, content } = message;
  if (status !== "failed" && status !== "interrupted" && status !== "stopped") return null;
  const failed = sentences.get(id) ?? failures[error_code ?? "internal_error"] ?? errors.failed;
  const isCut = finish_reason === "content_filter";
  const stopped = isCut ? room.cut : room.stopped;
  const words = { failed, interrupted: room.interrupted, stopped }[status];
  const canGoOn = status !== "failed" && !isCut && content.trim() !== "";
  return (
    <p class={status === "stopped" ? "ending" : "ending alarm"}>
      <span>{words}</span>
      {isLast && canGoOn && (
        <button type="button" class="link" onClick={() => goOn(talk, message)}>
          {room.goOn}
        </button>
      )}
      {isLast && (
        <button type="button" class="link" onClick={() => regenerate(talk, message)}>
          {room.answerAgain}
        </button>
      )}
    </p>
  );
}

/** The last word is the user's: its reply was deleted, or never began. */
export function Unanswered({ talk, persona, message }: Omit<ReplyProps, "isLast">) {
  const { room } = strings.value;
  return (
    <li class="reply">
      <p class="ending">
        <span>{room.unanswered(persona.name)}</span>
        <button type="button" class="link" onClick={() => regenerate(talk, message)}>
          {room.answer}
        </button>
      </p>
    </li>
  );
}
