import { signal } from "@preact/signals";

import { api } from "./api";
import { keepUnsent, newKey, unsentOf, type Sending } from "./drafts";
import { Failure, toFailure } from "./failure";
import { joinNewest, paged } from "./history";
import { online } from "./network";
import { putConversation } from "./store";
import { lastMessage, talks, type Talk } from "./talk";
import { begin } from "./turn";
import type { Message } from "./types";

/** Reads the conversation's end anew, and goes on with whatever is on its way there. */
export async function load(talk: Talk): Promise<void> {
  try {
    const [conversation, { items, next, tag }] = await Promise.all([
      api.conversation(talk.id),
      api.messages(talk.id),
    ]);
    const { notices, ...shown } = conversation;
    talk.conversation.value = shown;
    talk.warning.value = notices.find(({ kind }) => kind === "minors_suitability")?.text ?? null;
    if (talk.running.value) return;
    putConversation(shown);
    show(talk, items, next);
    talk.tag.value = tag;
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
  const joined = joinNewest(talk.pages.value, newest);
  if (!joined) talk.earlier.value = next;
  talk.pages.value = joined ?? paged(newest, talk.pages.value);
  const last = newest.at(-1);
  if (last?.status === "in_progress") join(talk, last);
}

/** Whether somebody has said or changed something elsewhere; then it is shown here. */
export async function check(talk: Talk): Promise<void> {
  if (talk.running.value) return;
  const { items, tag } = await api.messages(talk.id, 1);
  const [newest, last] = [items.at(-1), lastMessage(talk)];
  const isSame = newest?.id === last?.id && newest?.status === last?.status && tag === talk.tag.value;
  if (!isSame && !talk.running.value) await load(talk);
}

export async function loadEarlier(talk: Talk): Promise<void> {
  const address = talk.earlier.value;
  if (address === null) return;
  try {
    const { items, next } = await api.messagesAt(address);
    if (talk.earlier.value !== address) return;
    talk.pages.value = [...paged(items), ...talk.pages.value];
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

const deliver = (talk: Talk, { key, content }: Sending): void =>
  begin(talk, { said: content }, (after) => api.send(talk.id, content, { key, after }));

/** A reply that is said to be written and is not is looked at again after this. Milliseconds. */
const ENDED_MS = 1000;

/** Follows the reply that is being written already. */
function join(talk: Talk, { id, content }: Message): void {
  const follow = async (after: number) => {
    const turn = await api.running(talk.id);
    if (turn) return api.follow(talk.id, turn.turn_id, after);
    // It has just ended, or is lost: how it ended is read, but not without a pause.
    setTimeout(() => talk.stale.value++, ENDED_MS);
    throw new Failure(410, { code: "turn_gone" });
  };
  begin(talk, { text: signal(content), instead: id }, follow);
}

/** Nothing is waited for any longer where a network is back. */
online.subscribe((here) => {
  if (!here) return;
  for (const talk of talks.values()) if (!talk.loaded.peek() && talk.failure.peek()) void load(talk);
});
