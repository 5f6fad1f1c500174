import { useMemo, useState } from "preact/hooks";

import { api } from "../api";
import { edit, goOn, regenerate, removeMessage, rewrite, turnTo } from "../conversation";
import { toFailure } from "../failure";
import { blocksOf, Markdown } from "../markdown";
import { go } from "../route";
import { putConversation, tell } from "../store";
import { strings } from "../strings";
import type { Talk } from "../talk";
import { clock, count, moment } from "../time";
import { sentences } from "../turn";
import type { Message, Persona } from "../types";
import { Avatar } from "./avatar";
import { CopyButton } from "./copy-button";
import { Editor } from "./editor";
import { Icon } from "./icon";
import { Menu, type MenuItem } from "./menu";

/** What the user said. */
export function Said({ talk, message }: { talk: Talk; message: Message }) {
  const { room } = strings.value;
  const [editing, setEditing] = useState(false);
  return (
    <li class="said" id={`m${message.id}`}>
      <span class="unseen">{room.you}</span>
      {editing ? (
        <Editor
          text={message.content}
          action={room.sendAgain}
          onSave={(content) => edit(talk, message.id, content)}
          onClose={() => setEditing(false)}
        />
      ) : (
        <>
          <div class="bubble">{message.content}</div>
          <div class="tools">
            <When message={message} />
            <Variants talk={talk} message={message} />
            <CopyButton text={message.content} label={room.copy} />
            <EditButton onPress={() => setEditing(true)} />
            <More talk={talk} message={message} items={[]} />
          </div>
        </>
      )}
    </li>
  );
}

type ReplyProps = { talk: Talk; persona: Persona; message: Message; isLast: boolean };

/** What the persona said. */
export function Reply({ talk, persona, message, isLast }: ReplyProps) {
  const { room } = strings.value;
  const [editing, setEditing] = useState(false);
  return (
    <li class={isLast ? "reply last" : "reply"} id={`m${message.id}`}>
      <Avatar persona={persona} size="small" />
      <div class="voice">
        <span class="unseen">{room.said(persona.name)}</span>
        {editing ? (
          <Editor
            text={message.content}
            action={strings.value.persona.save}
            onSave={(content) => rewrite(talk, message.id, content)}
            onClose={() => setEditing(false)}
          />
        ) : (
          <Words message={message} />
        )}
        <Ending talk={talk} message={message} isLast={isLast} />
      </div>
      {!editing && (
        <ReplyTools talk={talk} message={message} isLast={isLast} onEdit={() => setEditing(true)} />
      )}
    </li>
  );
}

function Words({ message: { content } }: { message: Message }) {
  const blocks = useMemo(() => blocksOf(content), [content]);
  return <Markdown blocks={blocks} />;
}

type ToolsProps = Omit<ReplyProps, "persona"> & { onEdit: () => void };

function ReplyTools({ talk, message, isLast, onEdit }: ToolsProps) {
  const { room } = strings.value;
  const again = () => regenerate(talk, message.id);
  const rest: MenuItem[] = isLast
    ? [{ icon: "down", label: room.goOn, onSelect: () => goOn(talk, message.id) }]
    : [{ icon: "again", label: room.regenerate, onSelect: again }];
  return (
    <div class="tools">
      <Variants talk={talk} message={message} />
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
      <EditButton onPress={onEdit} />
      <More talk={talk} message={message} items={rest} />
      <When message={message} />
    </div>
  );
}

/** What else was said in this place: `‹ 2/3 ›`. */
function Variants({ talk, message }: { talk: Talk; message: Message }) {
  const { room } = strings.value;
  const { index, count: all } = message.variants ?? { index: 1, count: 1 };
  if (all < 2) return null;
  const turn = (step: 1 | -1) => () =>
    void turnTo(talk, message, step).catch((error: unknown) => (talk.failure.value = toFailure(error)));
  return (
    <span class="variants" role="group" aria-label={room.variants}>
      <button type="button" class="tool" aria-label={room.before} disabled={index <= 1} onClick={turn(-1)}>
        <Icon name="back" />
      </button>
      <span>{`${count(index)}/${count(all)}`}</span>
      <button type="button" class="tool" aria-label={room.after} disabled={index >= all} onClick={turn(1)}>
        <Icon name="forth" />
      </button>
    </span>
  );
}

const EditButton = ({ onPress }: { onPress: () => void }) => {
  const { edit } = strings.value.persona;
  return (
    <button type="button" class="tool" aria-label={edit} title={edit} onClick={onPress}>
      <Icon name="pencil" />
    </button>
  );
};

/** What is done to a message more seldom. What is deleted can be had back, so nobody is asked twice. */
function More({ talk, message: { id }, items }: { talk: Talk; message: Message; items: MenuItem[] }) {
  const { room } = strings.value;
  const tryTo = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => (talk.failure.value = toFailure(error)));
  const branch = async () => {
    const conversation = await api.fork(talk.id, id);
    putConversation(conversation);
    tell({ lists: true });
    go(`/c/${conversation.id}`);
  };
  const own: MenuItem[] = [
    { icon: "branch", label: room.branch, onSelect: tryTo(branch) },
    { icon: "trash", label: room.removeMessage, onSelect: tryTo(() => removeMessage(talk, id)), alarm: true },
  ];
  return <Menu label={room.more} items={[...items, ...own]} />;
}

type EndingProps = Omit<ReplyProps, "persona">;

/** How a reply ended that is not whole, and what can be done. */
function Ending({ talk, message: { id, status, error_code, content }, isLast }: EndingProps) {
  const { room, errors, failures } = strings.value;
  if (status !== "failed" && status !== "interrupted" && status !== "stopped") return null;
  const failed = sentences.get(id) ?? failures[error_code ?? "internal_error"] ?? errors.failed;
  const words = { failed, interrupted: room.interrupted, stopped: room.stopped }[status];
  const canGoOn = status !== "failed" && content.trim() !== "";
  return (
    <p class={status === "stopped" ? "ending" : "ending alarm"}>
      {words}{" "}
      {isLast && canGoOn && (
        <button type="button" class="link" onClick={() => goOn(talk, id)}>
          {room.goOn}
        </button>
      )}{" "}
      {isLast && (
        <button type="button" class="link" onClick={() => regenerate(talk, id)}>
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

const When = ({ message: { created_at, tokens_used } }: { message: Message }) => (
  <span class="meta">
    <time dateTime={created_at} title={moment(created_at)}>
      {clock(created_at)}
    </time>
    {tokens_used !== null && ` · ${strings.value.room.tokens(count(tokens_used))}`}
  </span>
);
