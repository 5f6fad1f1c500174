import { useComputed } from "@preact/signals";
import { Fragment, type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { loadEarlier } from "../conversation";
import { before } from "../history";
import { strings } from "../strings";
import { lastMessage, type Reveal, type Talk } from "../talk";
import { dayHeading, isSameDay } from "../time";
import type { Message, Persona } from "../types";
import { Care } from "./care";
import { Icon } from "./icon";
import { Said, Reply, Unanswered } from "./message";
import { useEnd, type KeepAt } from "./use-end";
import { useNear } from "./use-near";
import { useSeen } from "./use-seen";
import { Writing } from "./writing";

type Props = { talk: Talk; persona: Persona };

/** What was said, oldest first. The reader's place is the reader's: the end is followed only by who is there. */
export function Transcript({ talk, persona }: Props) {
  const { room } = strings.value;
  const { scroll, content, atEnd, toEnd, keepAt } = useEnd(talk);
  const running = talk.running.value;
  const isTaken = running?.turn.value != null;
  const pages = running && !isTaken ? before(talk.pages.value, running.instead) : talk.pages.value;
  usePlace(scroll, pages[0]?.[0]?.id);
  useLayoutEffect(() => void (atEnd.value = true), [talk.loaded.value]);
  useEffect(() => {
    // One's own words bring one to the end.
    if (running && running.said !== null) toEnd();
  }, [running]);
  return (
    <>
      <div class="scroll" ref={scroll} tabIndex={0} role="region" aria-label={room.transcript}>
        <div class="measure" ref={content}>
          {talk.loaded.value && <Beginning talk={talk} persona={persona} />}
          {pages.map((messages, i) => (
            <Stretch
              key={messages[0]?.id}
              talk={talk}
              persona={persona}
              messages={messages}
              after={pages[i - 1]?.at(-1)?.created_at}
              isLast={i === pages.length - 1}
              keepAt={keepAt}
            />
          ))}
          <ol class="messages">
            <Fresh talk={talk} persona={persona} />
          </ol>
        </div>
      </div>
      {!atEnd.value && (
        <button type="button" class="to-end" aria-label={room.toEnd} title={room.toEnd} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </>
  );
}

/** Keeps what is seen where it is when something comes before it: browsers do so themselves, but not at the very top. */
function usePlace(scroll: RefObject<HTMLElement | null>, first: number | undefined): void {
  const known = useRef(first);
  const place = useRef<{ part: Element; top: number } | null>(null);
  if (known.current !== first) {
    known.current = first;
    const part = scroll.current?.querySelector(".messages");
    place.current = part ? { part, top: part.getBoundingClientRect().top } : null;
  }
  useLayoutEffect(() => {
    const before = place.current;
    place.current = null;
    if (!before?.part.isConnected || !scroll.current) return;
    scroll.current.scrollTop += before.part.getBoundingClientRect().top - before.top;
  }, [first]);
}

/** The way to earlier messages, or the word that there are none. */
function Beginning({ talk, persona }: Props) {
  const { room } = strings.value;
  const seen = useSeen(() => void loadEarlier(talk));
  if (talk.earlier.value === null) {
    return (
      <>
        <p class="beginning">{room.beginning(persona.name)}</p>
        {talk.warning.value && <p class="beginning">{talk.warning.value}</p>}
      </>
    );
  }
  return (
    <button type="button" class="link beginning" ref={seen} onClick={() => void loadEarlier(talk)}>
      {room.earlier}
    </button>
  );
}

type StretchProps = Props & {
  messages: Message[];
  after: string | undefined;
  isLast: boolean;
  keepAt: KeepAt;
};

/** As high as a message is thought to be that was never drawn. Pixels. */
const GUESSED_HEIGHT = 120;

/** Some messages that are drawn where one is near them, and again only where one of them has changed. */
function Stretch({ keepAt, ...props }: StretchProps) {
  const { talk, messages, isLast } = props;
  const { element, isNear, height, come } = useNear<HTMLOListElement>(isLast);
  const wanted = useComputed(() => {
    const { value } = talk.reveal;
    return value && messages.some(({ id }) => id === value.id) ? value : null;
  }).value;
  useLayoutEffect(() => {
    if (!wanted) return;
    come();
    look(wanted, keepAt);
    talk.reveal.value = null;
  }, [wanted]);
  const isDrawn = isNear || wanted !== null;
  const room = height ?? messages.length * GUESSED_HEIGHT;
  return (
    <ol class="messages" ref={element} style={{ height: isDrawn ? "" : `${room}px` }}>
      {isDrawn && <Drawn {...props} />}
    </ol>
  );
}

/** What was looked for is lit so long. Milliseconds. */
const FOUND_MS = 1800;

/** Looks at a message, and gives the focus back to what was pressed there. */
function look({ id, focus, top }: Reveal, keepAt: KeepAt): void {
  const message = document.getElementById(`m${id}`);
  if (!message) return;
  const isFound = focus !== "" && message.matches(focus);
  const pressed = isFound ? message : focus ? message.querySelector<HTMLElement>(focus) : null;
  pressed?.focus({ preventScroll: true });
  keepAt(pressed ?? message, top);
  if (isFound) message.animate([{ backgroundColor: "var(--tint)" }, {}], FOUND_MS);
}

function Drawn({ talk, persona, messages, after, isLast }: Omit<StretchProps, "keepAt">) {
  // Which reply is being written, not how far it is: or all would be drawn with every word.
  const writing = useComputed(() => talk.running.value?.turn.value?.replyId ?? null).value;
  const told = isLast ? talk.told.value : null;
  return (
    <>
      {messages.map((message, i) => {
        const last = isLast && i === messages.length - 1;
        const day = messages[i - 1]?.created_at ?? after;
        return (
          <Fragment key={message.id}>
            {!(day && isSameDay(day, message.created_at)) && (
              <li class="day">{dayHeading(message.created_at)}</li>
            )}
            {told !== null && told.replyId === message.id && <Care told={told} />}
            {message.role === "user" ? (
              <Said talk={talk} message={message} />
            ) : message.id === writing ? (
              <Writing talk={talk} persona={persona} />
            ) : (
              <Reply talk={talk} persona={persona} message={message} isLast={last} />
            )}
          </Fragment>
        );
      })}
    </>
  );
}

/** What the server has not made a message of yet; and a last word that has no answer. */
function Fresh({ talk, persona }: Props) {
  const running = talk.running.value;
  const last = lastMessage(talk);
  if (!running)
    return last?.role === "user" ? <Unanswered talk={talk} persona={persona} message={last} /> : null;
  if (running.turn.value) return null;
  return (
    <>
      {running.said !== null && (
        <li class="said fresh">
          <div class="bubble">{running.said}</div>
        </li>
      )}
      <Writing talk={talk} persona={persona} />
    </>
  );
}
