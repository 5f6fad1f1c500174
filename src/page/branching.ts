import { signal } from "@preact/signals";

import { api, type TurnCall } from "./api";
import { load, loadEarlier } from "./conversation";
import { keepDraft, newKey } from "./drafts";
import { toFailure } from "./failure";
import { messageOf, without } from "./history";
import { go } from "./route";
import { putConversation, tell } from "./store";
import type { Reveal, Running, Talk } from "./talk";
import { begin } from "./turn";
import type { Branch, Message } from "./types";

/** Asks for another answer to the message that this reply answers, or to this message. */
export function regenerate(talk: Talk, { id, role }: Message): void {
  const instead = role === "assistant" ? id : null;
  beginBeside(talk, { instead }, (turn) => api.regenerate(talk.id, id, turn));
}

/** Other words in a message's place: one's own are answered anew, those of the persona are gone on from. False while a reply is being written. */
export function edit(talk: Talk, { id, role }: Message, content: string): boolean {
  if (talk.running.value) return false;
  const known = role === "user" ? { said: content } : { text: signal(content) };
  beginBeside(talk, { ...known, instead: id }, (turn) => api.edit(talk.id, id, content, turn));
  return true;
}

/** Has the last reply go on where it ended. */
export function goOn(talk: Talk, { id, content }: Message): void {
  beginBeside(talk, { text: signal(content), instead: id }, (turn) => api.goOn(talk.id, id, turn));
}

/** A turn beside what was said already, asked for by somebody who has the conversation before them as it is shown. */
function beginBeside(talk: Talk, known: Partial<Running>, ask: (turn: TurnCall) => Promise<Response>): void {
  const [key, seen] = [newKey(), talk.tag.value];
  const again = () => beginBeside(talk, known, ask);
  begin(talk, { ...known, beside: true, again }, (after) => ask({ key, after, seen }));
}

/**
 * Does something to the messages, as they are shown here, and shows what came of it, in other tabs as well. What went wrong is
 * told in the room; where somebody else was first, what they have done is shown with it.
 */
async function change(talk: Talk, work: (seen: string | null) => Promise<Reveal | null>): Promise<boolean> {
  talk.failure.value = null;
  try {
    const reveal = await work(talk.tag.value);
    await load(talk);
    if (reveal) await show(talk, reveal);
    tell({ talk: talk.id });
    return true;
  } catch (error) {
    const failure = toFailure(error);
    talk.failure.value = failure;
    if (failure.status > 0) talk.stale.value++;
    talk.again.value = failure.code === "precondition_failed" ? () => void change(talk, work) : null;
    return false;
  }
}

/** Reads back as far as that message, and looks there; false where it is on another branch: what follows has a higher id. */
async function show(talk: Talk, reveal: Reveal): Promise<boolean> {
  for (let before = ""; !messageOf(talk.pages.value, reveal.id);) {
    const next = talk.earlier.value;
    if (next === null || next === before || (talk.pages.value[0]?.[0]?.id ?? 0) < reveal.id) return false;
    before = next;
    await loadEarlier(talk);
  }
  talk.reveal.value = reveal;
  return true;
}

/** Looks at a message that was found, on whichever branch it is. */
export async function lookAt(talk: Talk, id: number): Promise<void> {
  const reveal = { id, focus: "li", top: innerHeight / 3 };
  if (await show(talk, reveal)) return;
  await load(talk);
  await change(talk, async (seen) => {
    await api.select(talk.id, id, seen);
    return reveal;
  });
}

/** Other words in a message's place, without an answer to them. False where that was refused. */
export const rewrite = (talk: Talk, { id }: Message, content: string): Promise<boolean> =>
  change(talk, async (seen) => {
    const { user_message, assistant_message } = await api.rewrite(talk.id, id, content, seen);
    keepDraft(`m${id}`, "");
    const written = assistant_message ?? user_message;
    return written && { id: written.id, focus: "[data-edit]", top: null };
  });

/**
 * Goes to the variant before or after a message, if there is one, and on to the newest message on its branch. `top`: where on
 * the screen the button is that was pressed.
 */
export const turnTo = (talk: Talk, { id }: Message, step: 1 | -1, top: number | null): Promise<boolean> =>
  change(talk, async (seen) => {
    const variants = await api.variants(talk.id, id);
    const next = variants[variants.findIndex((one) => one.id === id) + step];
    if (!next) return null;
    await api.select(talk.id, next.id, seen);
    const focus = top === null ? "" : `[data-step="${step}"]:enabled, [data-step]:enabled`;
    return { id: next.id, focus, top };
  });

/** Goes to a branch, and looks where it parts from the one before. */
export const takeBranch = (talk: Talk, { message, shared_message_id }: Branch): Promise<boolean> =>
  change(talk, async (seen) => {
    await api.select(talk.id, message.id, seen);
    return { id: shared_message_id ?? message.id, focus: "", top: null };
  });

/** `subtree`: and all that follows it, on every branch. */
export const removeMessage = (talk: Talk, { id }: Message, subtree: boolean): Promise<boolean> =>
  change(talk, async (seen) => {
    const { deleted } = await api.deleteMessage(id, subtree, seen);
    talk.pages.value = without(talk.pages.value, id);
    talk.deleted.value = deleted;
    return null;
  });

/** Has back what was deleted last. */
export const undo = (talk: Talk): Promise<boolean> =>
  change(talk, async (seen) => {
    await api.undo(talk.id, seen);
    talk.deleted.value = 0;
    return null;
  });

/** A new conversation, from the branch up to a message or with all branches, and there at once. */
export async function fork(talk: Talk, copy: Parameters<typeof api.fork>[1]): Promise<void> {
  try {
    const conversation = await api.fork(talk.id, copy);
    putConversation(conversation);
    tell({ lists: true });
    go(`/c/${conversation.id}`);
  } catch (error) {
    talk.failure.value = toFailure(error);
  }
}
