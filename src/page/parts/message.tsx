import { useMemo, useState } from "preact/hooks";

import { regenerate, removeMessage } from "../conversation";
import { blocksOf, Markdown } from "../markdown";
import { strings } from "../strings";
import type { Talk } from "../talk";
import { clock, count, moment } from "../time";
import { sentences } from "../turn";
import type { Message, Persona } from "../types";
import { Avatar } from "./avatar";
import { CopyButton } from "./copy-button";
import { Confirm } from "./dialog";
import { Icon } from "./icon";
import { InspectButton } from "./inspect-button";

/** What the user said. */
export function Said({ talk, message }: { talk: Talk; message: Message }) {
  const { room } = strings.value;
  return (
    <li class="said" id={`m${message.id}`}>
      <span class="unseen">{room.you}</span>
      <div class="bubble">{message.content}</div>
      <div class="tools">
        <When message={message} />
        <CopyButton text={message.content} label={room.copy} />
        <RemoveButton talk={talk} message={message} />
      </div>
    </li>
  );
}

type ReplyProps = { talk: Talk; persona: Persona; message: Message; isLast: boolean };

/** What the persona said. */
export function Reply({ talk, persona, message, isLast }: ReplyProps) {
  const { room } = strings.value;
  const blocks = useMemo(() => blocksOf(message.content), [message.content]);
  const again = () => regenerate(talk, message.id);
  // For the moment until its words are followed.
  const isWritten = message.status === "in_progress";
  return (
    <li class={isLast ? "reply last" : "reply"} id={`m${message.id}`}>
      <Avatar persona={persona} size="small" />
      <div class="voice">
        <span class="unseen">{room.said(persona.name)}</span>
        <Markdown blocks={blocks} writing={isWritten} />
        <Ending message={message} onAgain={isLast ? again : undefined} />
      </div>
      {!isWritten && (
        <div class="tools">
          <CopyButton text={message.content} label={room.copy} />
          {isLast && (
            <button
              type="button"
              class="tool"
              aria-label={room.regenerate}
              title={room.regenerate}
              onClick={again}
            >
              <Icon name="again" />
            </button>
          )}
          <InspectButton message={message} />
          <RemoveButton talk={talk} message={message} />
          <When message={message} />
        </div>
      )}
    </li>
  );
}

/** How a reply ended that is not whole, and what can be done. */
function Ending({
  message: { id, status, error_code },
  onAgain,
}: {
  message: Message;
  onAgain: (() => void) | undefined;
}) {
  const { room, errors, failures } = strings.value;
  if (status !== "failed" && status !== "interrupted" && status !== "stopped") return null;
  const failed = sentences.get(id) ?? failures[error_code ?? "internal_error"] ?? errors.failed;
  const words = { failed, interrupted: room.interrupted, stopped: room.stopped }[status];
  return (
    <p class={status === "stopped" ? "ending" : "ending alarm"}>
      {words}{" "}
      {onAgain && (
        <button type="button" class="link" onClick={onAgain}>
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
        {room.unanswered(persona.name)}{" "}
        <button type="button" class="link" onClick={() => regenerate(talk, message.id)}>
          {room.answer}
        </button>
      </p>
    </li>
  );
}

function RemoveButton({ talk, message }: { talk: Talk; message: Message }) {
  const { room } = strings.value;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={room.removeMessage}
        title={room.removeMessage}
        onClick={() => setAsking(true)}
      >
        <Icon name="trash" />
      </button>
      {asking && (
        <Confirm
          title={room.removeMessageTitle}
          text={room.removeMessageText}
          onClose={() => setAsking(false)}
          onYes={() => removeMessage(talk, message.id)}
        />
      )}
    </>
  );
}

const When = ({ message: { created_at, tokens_used } }: { message: Message }) => (
  <span class="meta">
    <time dateTime={created_at} title={moment(created_at)}>
      {clock(created_at)}
    </time>
    {tokens_used !== null && ` · ${strings.value.room.tokens(count(tokens_used))}`}
  </span>
);
