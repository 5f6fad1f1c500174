import { batch, signal, type Signal } from "@preact/signals";

import { api } from "./api";
import { keepDraft, keepUnsent, newKey, unsentOf, type Sending } from "./drafts";
import { Failure, isPassing, toFailure } from "./failure";
import { graft, paged, replace, without } from "./history";
import { beforeTry, online } from "./network";
import { announce } from "./parts/announcer";
import { putConversation, tell } from "./store";
import { strings } from "./strings";
import { eventsOf, type TurnEvent } from "./stream";
import type { Conversation, Message } from "./types";

/** A reply on its way. */
export type Running = {
  /** Null until the server has taken the message. */
  turn: Signal<{ id: string; replyId: number } | null>;
  /** What is being said; null where nothing is, as when a message is answered again. */
  said: string | null;
  /** The reply so far; changes at most once every `DRAW_MS`. */
  text: Signal<string>;
  /** Whether the connection is lost and being looked for. */
  waiting: Signal<boolean>;
  /** Whether it is to be stopped as soon as it can be. */
  stopping: Signal<boolean>;
};

/** A conversation that is open here. It stays open when its room is left, so that its reply is there on coming back. */
export type Talk = {
  id: number;
  conversation: Signal<Conversation | null>;
  /** The messages of the branch in force, in stretches that stay the same objects as long as nothing in them changes. */
  pages: Signal<Message[][]>;
  /** Where the messages before them are; null where there are none. */
  earlier: Signal<string | null>;
  running: Signal<Running | null>;
  failure: Signal<Failure | null>;
  loaded: Signal<boolean>;
};

/** A reply is drawn no oftener than this. Milliseconds. */
const DRAW_MS = 32;

const talks = new Map<number, Talk>();

export function talkOf(id: number): Talk {
  const known = talks.get(id);
  if (known) return known;
  const talk: Talk = {
    id,
    conversation: signal(null),
    pages: signal([]),
    earlier: signal(null),
    running: signal(null),
    failure: signal(null),
    loaded: signal(false),
  };
  talks.set(id, talk);
  return talk;
}

/** Whether a reply is being written in one of the conversations open here. */
export const isWriting = (id: number): boolean => (talks.get(id)?.running.value ?? null) !== null;

export const lastMessage = (talk: Talk): Message | undefined => talk.pages.value.at(-1)?.at(-1);

/** Reads the conversation's end anew, and goes on with whatever is on its way there. */
export async function load(talk: Talk): Promise<void> {
  try {
    const [conversation, { items, next }] = await Promise.all([
      api.conversation(talk.id),
      api.messages(talk.id),
    ]);
    talk.conversation.value = conversation;
    if (talk.running.value) return;
    putConversation(conversation);
    show(talk, items, next);
    talk.loaded.value = true;
    const unsent = unsentOf(talk.id);
    if (unsent) deliver(talk, unsent);
  } catch (error) {
    const failure = toFailure(error);
    if (!talk.loaded.value || failure.status > 0) talk.failure.value = failure;
  }
}

/** Shows the newest messages; where they join what is known, what is before them stays. */
function show(talk: Talk, newest: Message[], next: string | null): void {
  const known = talk.pages.value.flat();
  const joint = known.findIndex(({ id }) => id === newest[0]?.id);
  if (joint < 0) talk.earlier.value = next;
  talk.pages.value = paged([...known.slice(0, Math.max(0, joint)), ...newest], talk.pages.value);
  const last = newest.at(-1);
  if (last?.status === "in_progress" && last.turn_id) join(talk, last.turn_id, last);
}

/** Whether somebody has said or changed something elsewhere; then it is shown here. */
export async function check(talk: Talk): Promise<void> {
  if (talk.running.value) return;
  const { items } = await api.messages(talk.id, 1);
  const [newest, last] = [items.at(-1), lastMessage(talk)];
  const isSame = newest?.id === last?.id && newest?.status === last?.status;
  if (!isSame && !talk.running.value) await load(talk);
}

export async function loadEarlier(talk: Talk): Promise<void> {
  const address = talk.earlier.value;
  if (address === null) return;
  try {
    const { items, next } = await api.messagesAt(address);
    if (talk.earlier.value !== address) return;
    talk.pages.value = [items, ...talk.pages.value];
    talk.earlier.value = next;
  } catch (error) {
    talk.failure.value = toFailure(error);
  }
}

/** Says something. It is kept on this device until the server has it. */
export function send(talk: Talk, content: string): void {
  if (talk.running.value) return;
  const sending = { key: newKey(), content };
  keepUnsent(talk.id, sending);
  deliver(talk, sending);
}

function deliver(talk: Talk, { key, content }: Sending): void {
  const running = begin(talk, { said: content });
  void run(talk, running, (after) => api.send(talk.id, content, { key, after }));
}

/** Asks for another answer to the message that this reply answers, or to this message. */
export function regenerate(talk: Talk, messageId: number): void {
  if (talk.running.value) return;
  const key = newKey();
  const running = begin(talk, {});
  void run(talk, running, (after) => api.regenerate(talk.id, messageId, { key, after }));
}

/** Follows a reply that is being written already. */
function join(talk: Talk, turnId: string, { id, content }: Message): void {
  const running = begin(talk, { turn: signal({ id: turnId, replyId: id }), text: signal(content) });
  void run(talk, running, (after) => api.follow(talk.id, turnId, after));
}

function begin(talk: Talk, known: Partial<Running>): Running {
  const running = {
    turn: signal(null),
    said: null,
    text: signal(""),
    waiting: signal(false),
    stopping: signal(false),
    ...known,
  };
  talk.failure.value = null;
  talk.running.value = running;
  return running;
}

/** Stops the reply; the text so far is kept. What the server has not taken yet is stopped as soon as it has. */
export async function stop(talk: Talk): Promise<void> {
  const running = talk.running.value;
  if (!running) return;
  running.stopping.value = true;
  const turn = running.turn.value;
  if (!turn) return;
  await api.stop(talk.id, turn.id).catch((error: unknown) => {
    running.stopping.value = false;
    talk.failure.value = toFailure(error);
  });
}

export async function removeMessage(talk: Talk, id: number): Promise<void> {
  await api.deleteMessage(id);
  talk.pages.value = without(talk.pages.value, id);
  tell({ talk: talk.id });
}

type Open = (after: number) => Promise<Response>;

/** Reads a turn to its end, however often the connection breaks. */
async function run(talk: Talk, running: Running, open: Open): Promise<void> {
  const progress = { after: 0, text: "" };
  for (let tries = 0; talk.running.value === running; tries++) {
    try {
      const response = await reopen(talk, running, open, progress.after);
      running.waiting.value = false;
      for await (const event of eventsOf(response)) {
        progress.after = event.id;
        tries = 0;
        if (take(talk, running, event, progress)) return;
      }
    } catch (error) {
      if (!isPassing(error)) return refuse(talk, running, toFailure(error));
      running.waiting.value = true;
    }
    await beforeTry(tries);
  }
}

/** The same request again, until the server has named the turn; from then on the turn. */
const reopen = (talk: Talk, { turn }: Running, open: Open, after: number): Promise<Response> =>
  turn.value ? api.follow(talk.id, turn.value.id, after) : open(after);

/** One event of a turn; true where it was the last. */
function take(talk: Talk, running: Running, event: TurnEvent, progress: { text: string }): boolean {
  switch (event.name) {
    case "turn.started":
      // A reply that goes on has a beginning already.
      progress.text = event.data.assistant_message.content;
      started(talk, running, event.data);
      return false;
    case "delta":
      progress.text += event.data.text;
      draw(running, progress);
      return false;
    case "turn.notice":
      return false;
    case "turn.failed":
      ended(talk, event.data);
      talk.failure.value = event.data.assistant_message ? null : new Failure(500, event.data);
      if (event.data.assistant_message) sentences.set(event.data.assistant_message.id, event.data.detail);
      return true;
    default:
      ended(talk, event.data);
      return true;
  }
}

/** The server's sentences for the replies that have failed while this page was open, by the reply's id. */
export const sentences = new Map<number, string>();

type Started = Extract<TurnEvent, { name: "turn.started" }>["data"];

function started(talk: Talk, running: Running, { turn_id, user_message, assistant_message }: Started): void {
  if (running.turn.value?.id === turn_id) return;
  keepUnsent(talk.id, null);
  const news = [...(user_message ? [user_message] : []), assistant_message];
  batch(() => {
    talk.pages.value = graft(talk.pages.value, news);
    running.turn.value = { id: turn_id, replyId: assistant_message.id };
  });
  tell({ talk: talk.id });
  if (running.stopping.value) void stop(talk);
}

const timers = new WeakMap<Signal<string>, ReturnType<typeof setTimeout>>();

/** Draws what there is of the reply, unless it has just been drawn. A turn that is told again is not shown shorter. */
function draw({ text }: Running, progress: { text: string }): void {
  if (timers.has(text)) return;
  const show = () => {
    timers.delete(text);
    if (progress.text.length > text.value.length) text.value = progress.text;
  };
  timers.set(text, setTimeout(show, DRAW_MS));
}

/** A reply that is whole is read out whole, to who listens. */
function readOut({ status, content }: Message): void {
  announce(content);
  if (status === "stopped") announce(strings.value.room.announceStopped);
}

type Ended = { conversation?: Conversation; user_message?: Message | null; assistant_message?: Message };

function ended(talk: Talk, { conversation, user_message, assistant_message }: Ended): void {
  const news = [user_message, assistant_message].filter((one) => one != null);
  batch(() => {
    talk.pages.value = replace(talk.pages.value, news);
    talk.running.value = null;
  });
  if (assistant_message) readOut(assistant_message);
  keepUnsent(talk.id, null);
  if (conversation) {
    talk.conversation.value = conversation;
    putConversation(conversation);
  }
  tell({ talk: talk.id });
}

/** What was refused before it began is the writer's again. */
function refuse(talk: Talk, running: Running, failure: Failure): void {
  const { said, turn } = running;
  talk.running.value = null;
  keepUnsent(talk.id, null);
  if (said !== null && !turn.value) {
    keepDraft(`c${talk.id}`, said);
    returned.value = { talk: talk.id, text: said };
  }
  if (failure.code !== "turn_gone") talk.failure.value = failure;
  // The turn is another one's, or its events are gone: what there is of it is in the history.
  if (turn.value || failure.code === "turn_running") void load(talk);
}

/** A message that came back, for the composer. */
export const returned = signal<{ talk: number; text: string } | null>(null);

/** Nothing is waited for any longer where a network is back. */
online.subscribe((here) => {
  if (!here) return;
  for (const talk of talks.values()) if (!talk.loaded.peek() && talk.failure.peek()) void load(talk);
});
