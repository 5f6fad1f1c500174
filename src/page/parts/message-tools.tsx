import { ask } from "../asked";
import { fork, goOn, regenerate, removeMessage, turnTo } from "../branching";
import { reporting } from "../objecting";
import { strings } from "../strings";
import type { Talk } from "../talk";
import { clock, count, moment } from "../time";
import type { Message } from "../types";
import { CopyButton } from "./copy-button";
import { Icon, type IconName } from "./icon";
import { InspectButton } from "./inspect-button";
import { Menu, type MenuItem } from "./menu";

type Props = { talk: Talk; message: Message; onEdit: () => void };

/** What can be done to one's own words. */
export function SaidTools({ talk, message, onEdit }: Props) {
  return (
    <div class="tools">
      <When message={message} />
      <Variants talk={talk} message={message} />
      <CopyButton text={message.content} label={strings.value.room.copy} />
      <EditButton onPress={onEdit} />
      <More talk={talk} message={message} isLast={false} />
    </div>
  );
}

/** What can be done to a reply. */
export function ReplyTools({ talk, message, isLast, onEdit }: Props & { isLast: boolean }) {
  const { room } = strings.value;
  return (
    <div class="tools">
      <Variants talk={talk} message={message} />
      <CopyButton text={message.content} label={room.copy} />
      {isLast && <Tool icon="again" label={room.regenerate} onPress={() => regenerate(talk, message)} />}
      <EditButton onPress={onEdit} />
      <InspectButton message={message} />
      <More talk={talk} message={message} isLast={isLast} />
      <When message={message} />
    </div>
  );
}

type ToolProps = { icon: IconName; label: string; onPress: () => void };

const Tool = ({ icon, label, onPress }: ToolProps) => (
  <button type="button" class="tool" aria-label={label} title={label} onClick={onPress}>
    <Icon name={icon} />
  </button>
);

const EditButton = ({ onPress }: { onPress: () => void }) => {
  const { edit } = strings.value.persona;
  return (
    <button type="button" class="tool" data-edit aria-label={edit} title={edit} onClick={onPress}>
      <Icon name="pencil" />
    </button>
  );
};

export const hasVariants = ({ variants }: Message): boolean => (variants?.count ?? 1) > 1;

/** What else was said in this place: `‹ 2/3 ›`. */
function Variants({ talk, message }: Omit<Props, "onEdit">) {
  const { room } = strings.value;
  const { index, count: all } = message.variants ?? { index: 1, count: 1 };
  if (!hasVariants(message)) return null;
  const arrow = (step: 1 | -1, icon: IconName, label: string, disabled: boolean) => (
    <button
      type="button"
      class="tool"
      data-step={step}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={({ currentTarget }) =>
        void turnTo(talk, message, step, currentTarget.getBoundingClientRect().top)
      }
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <span class="variants" role="group" aria-label={room.variants}>
      {arrow(-1, "back", room.before, index <= 1)}
      <span>{`${count(index)}/${count(all)}`}</span>
      {arrow(1, "forth", room.after, index >= all)}
    </span>
  );
}

type Place = { talk: Talk; message: Message; isLast: boolean };

/**
 * What is done to a message more seldom: a further entry is a line here, null where it does not apply. What is deleted can be
 * had back, so nobody is asked twice.
 */
const ENTRIES: ((place: Place) => MenuItem | null)[] = [
  ({ talk, message, isLast }) =>
    isLast
      ? { icon: "down", label: strings.value.room.goOn, onSelect: () => goOn(talk, message) }
      : message.role === "assistant"
        ? { icon: "again", label: strings.value.room.regenerate, onSelect: () => regenerate(talk, message) }
        : null,
  ({ talk, message: { id } }) => ({
    icon: "branch",
    label: strings.value.room.fork,
    onSelect: () => void fork(talk, { message_id: id }),
  }),
  ({ talk, message }) => ({
    icon: "share",
    label: strings.value.room.shareTo,
    onSelect: () => ask("share", talk.id, message.id),
  }),
  ({ message }) =>
    message.role === "assistant"
      ? { icon: "flag", label: strings.value.room.report, onSelect: () => (reporting.value = message) }
      : null,
  ({ talk, message }) => ({
    icon: "trash",
    label: strings.value.room.removeMessage,
    onSelect: () => void removeMessage(talk, message, false),
    alarm: true,
  }),
  ({ talk, message, isLast }) =>
    isLast
      ? null
      : {
          icon: "trash",
          label: strings.value.room.removeFrom,
          onSelect: () => void removeMessage(talk, message, true),
          alarm: true,
        },
];

function More(place: Place) {
  const items = () => ENTRIES.map((entry) => entry(place)).filter((item) => item !== null);
  return <Menu label={strings.value.room.more} items={items} />;
}

const When = ({ message: { created_at, tokens_used } }: { message: Message }) => (
  <span class="meta">
    <time dateTime={created_at} title={moment(created_at)}>
      {clock(created_at)}
    </time>
    {tokens_used !== null && tokens_used > 0 && (
      <span class="amount">{` · ${strings.value.room.tokens(count(tokens_used))}`}</span>
    )}
  </span>
);
