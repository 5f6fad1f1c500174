import { batch, signal, type Signal } from "@preact/signals";

import { api } from "./api";
import { keepDraft, keepUnsent } from "./drafts";
import { Failure, isPassing, toFailure } from "./failure";
import { unmarked } from "./excerpt";
import { graft, messageOf, replace } from "./history";
import { beforeTry } from "./network";
import { announce } from "./parts/announcer";
import { putConversation, tell } from "./store";
import { eventsOf, type TurnEvent } from "./stream";
import { strings } from "./strings";
import type { Running, Talk } from "./talk";
import { awaitTitle } from "./title";
import type { Conversation, Message, Safety, ShownNotice } from "./types";

/** A reply is drawn no oftener than this. Milliseconds. */
const DRAW_MS = 32;

/** Begins a turn here and reads it to its end; nothing is done where another is running. */
export function begin(talk: Talk, known: Partial<Running>, open: Open): void {
  if (talk.running.value) return;
  const running = {
    turn: signal(null),
    said: null,
    beside: false,
    instead: null,
    again: null,
    text: signal(""),
    waiting: signal(false),
    stopping: signal(false),
    ...known,
  };
  talk.failure.value = null;
  talk.again.value = null;
  talk.deleted.value = 0;
  talk.running.value = running;
  void run(talk, running, open);
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

/** Asks for the turn's events after that one. */
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
    case "message.withdrawn":
      progress.text = event.data.text;
      redraw(running, progress);
      return false;
    case "notice":
      tellOf(talk, { notice: event.data });
      return false;
    case "safety":
      tellOf(talk, { safety: event.data });
      return false;
    case "turn.notice":
      return false;
    case "turn.failed":
      ended(talk, running, event.data);
      talk.failure.value = event.data.assistant_message ? null : new Failure(500, event.data);
      if (event.data.assistant_message) sentences.set(event.data.assistant_message.id, event.data.detail);
      return true;
    case "turn.completed":
    case "turn.stopped":
    case "turn.interrupted":
      ended(talk, running, event.data);
      return true;
    default:
      // A newer server may tell more than this page knows of.
      return false;
  }
}

/** Shows before the reply what is to be seen first. An event that is told again is shown once. */
function tellOf(talk: Talk, { notice, safety }: { notice?: ShownNotice; safety?: Safety | null }): void {
  const replyId = talk.running.value?.turn.value?.replyId;
  if (!replyId) return;
  const known = talk.told.value?.replyId === replyId ? talk.told.value : null;
  const others = (known?.notices ?? []).filter(({ id }) => id !== notice?.id);
  talk.told.value = {
    replyId,
    notices: notice ? [...others, notice] : others,
    safety: safety ?? known?.safety ?? null,
  };
  announce(notice?.text ?? safety?.text ?? "");
}

/** The server's sentences for the replies that have failed while this page was open, by the reply's id. */
export const sentences = new Map<number, string>();

type Started = Extract<TurnEvent, { name: "turn.started" }>["data"];

function started(talk: Talk, running: Running, { turn_id, user_message, assistant_message }: Started): void {
  if (running.turn.value?.id === turn_id) return;
  keepUnsent(talk.id, null);
  if (running.instead !== null) keepDraft(`m${running.instead}`, "");
  const news = [...(user_message ? [user_message] : []), assistant_message].map((message) => ({
    ...messageOf(talk.pages.value, message.id),
    ...message,
  }));
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

/** What was taken back is gone from the page at once. */
function redraw({ text }: Running, progress: { text: string }): void {
  clearTimeout(timers.get(text));
  timers.delete(text);
  text.value = progress.text;
}

/** A reply that is whole is read out whole, to who listens. */
function readOut({ status, content }: Message): void {
  announce(unmarked(content));
  if (status === "stopped") announce(strings.value.room.announceStopped);
}

type Ended = { conversation?: Conversation; user_message?: Message | null; assistant_message?: Message };

function ended(
  talk: Talk,
  { beside }: Running,
  { conversation, user_message, assistant_message }: Ended,
): void {
  const news = [user_message, assistant_message].filter((one) => one != null);
  batch(() => {
    talk.pages.value = replace(talk.pages.value, news);
    talk.running.value = null;
  });
  if (assistant_message) readOut(assistant_message);
  keepUnsent(talk.id, null);
  if (conversation) {
    talk.conversation.value = conversation;
    talk.tag.value = `"${conversation.revision}"`;
    putConversation(conversation);
    if (conversation.untitled) void awaitTitle(talk).catch(() => {});
  }
  // Who spoke before the history had come gets it now.
  if (beside || !talk.loaded.value) talk.stale.value++;
  tell({ talk: talk.id });
}

/** What was refused before it began is the writer's again. */
function refuse(talk: Talk, running: Running, failure: Failure): void {
  const { said, turn, instead, again } = running;
  talk.running.value = null;
  keepUnsent(talk.id, null);
  if (said !== null && instead === null && !turn.value) {
    keepDraft(`c${talk.id}`, said);
    returned.value = { talk: talk.id, text: said };
  }
  if (failure.code !== "turn_gone") talk.failure.value = failure;
  // The turn is another one's, or its events are gone: what there is of it is in the history.
  if (turn.value || failure.code === "turn_running") talk.stale.value++;
  // Somebody else was first: what they have done is shown, and whoever has seen it may ask again.
  if (failure.code !== "precondition_failed") return;
  talk.again.value = again;
  talk.stale.value++;
}

/** A message that came back, for the composer. */
export const returned = signal<{ talk: number; text: string } | null>(null);
