import type { Conversation, Message } from "../db/schema";
import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { addMessages, MAX_MESSAGES, messagesThrough, type Head } from "../db/messages";
import { ROW_BYTES, takenBy } from "../db/room";
import { newestLeaf } from "../db/tree";
import { configOf } from "../env";
import { AppError } from "../errors";
import { indexChanged } from "../search/client";
import { roomOf, storageFull } from "../usage/room";
import { toConversation, toMessage } from "../wire/rows";
import { answer, rowAfter } from "./accept";
import { turnRunning } from "./launch";
import type { Call, Change } from "./commands";
import { fork } from "./fork";
import { addAll, bringIn } from "./import";
import type { Owners } from "./owners";
import { followMemory } from "./remember";
import { assertUnchanged } from "./revision";
import { meet } from "./settle";
import { answerBeside, isFull, messageNotFound, type Place } from "./tree";
import { remove, undo } from "./undo";
import { draftOf, writeAt, writeBesides, type Draft } from "./written";

/** The conversation, if the caller may see it: the database is asked every time. */
export async function authorise(owners: Owners, { caller, conversationId }: Call): Promise<Conversation> {
  const { db } = owners;
  const [[row]] = await retried(() => batchAs(db, caller, [conversationById(db, conversationId)]));
  return meet(owners, ownConversation(row, caller));
}

/**
 * Changes the tree of messages without a turn, in one batch that writes absolute values: doing it twice does it once.
 * @throws AppError `not_found`, `forbidden`, `turn_running`, `precondition_failed`, `conversation_full`
 */
export async function change(owners: Owners, call: Call, command: Change): Promise<Response> {
  const state = await authorise(owners, call);
  if (owners.turns.current) throw turnRunning(owners.turns.current);
  assertUnchanged(command.ifMatch, state);
  const response = await make(owners, call, state, command);
  await reindex(owners, state, command);
  // Of an import the memory is told when all of it is there.
  if (command.type !== "import")
    owners.background(followMemory(owners.db, owners.env, state).catch(() => {}));
  return response;
}

function make(owners: Owners, call: Call, state: Conversation, command: Change): Promise<Response> {
  switch (command.type) {
    case "select":
      return select(owners, state, command.messageId);
    case "rewrite":
      return rewrite(owners, state, command.messageId, command.content);
    case "remove":
      return remove(owners, state, command);
    case "undo":
      return undo(owners, state);
    case "append":
      return append(owners, call, state, command.drafts);
    case "greet":
      return greet(owners, state, command.greetings);
    case "import":
      return bringIn(owners, state, command.lines);
    case "fork":
      return fork(owners, call, state, command);
  }
}

/** What is deleted is searched for no more when that is answered; what is new is found a moment later. A fork is found when it is looked for. */
async function reindex({ env, background }: Owners, state: Conversation, { type }: Change): Promise<void> {
  const done = indexChanged(env, state);
  if (type === "remove") await done;
  else background(done);
}

async function select(owners: Owners, state: Conversation, messageId: number): Promise<Response> {
  const { db } = owners;
  const [leaf] = await retried(async () => newestLeaf(db, state.id, messageId));
  if (!leaf?.id) throw messageNotFound();
  const moved =
    leaf.id === state.headMessageId
      ? state
      : await write(owners, [], { ...next(state), headMessageId: leaf.id });
  return answer(moved, toConversation(moved));
}

async function rewrite(
  owners: Owners,
  state: Conversation,
  messageId: number,
  content: string,
): Promise<Response> {
  const { db, env } = owners;
  if (isFull(state)) throw new AppError("conversation_full");
  const branch = await retried(async () => messagesThrough(db, state, messageId, { count: 2 }));
  const { place } = answerBeside(branch, content, configOf(env).MESSAGE_MAX_CHARACTERS);
  const { messages, ...counters } = writeAt(state, place, [draftOf(place)]);
  const [message] = messages as [Message];
  const head = { ...next(state), ...counters, headMessageId: message.id, updatedAt: message.createdAt };
  const row = await write(owners, messages, head);
  const before = typeof place.said === "object" ? place.said : null;
  const [said, reply] = message.role === "user" ? [message, null] : [before, message];
  return answer(row, {
    conversation: toConversation(row),
    user_message: said && toMessage(said),
    assistant_message: reply && toMessage(reply),
    notices: [],
    safety: null,
  });
}

/** Variants of the first message, the first of which is in force. Nothing where something was said already. */
async function greet(owners: Owners, state: Conversation, greetings: string[]): Promise<Response> {
  if (state.messageSeq > 0) return answer(state, toConversation(state));
  const drafts = greetings.map((content) => ({ role: "assistant" as const, content }));
  const { messages, ...counters } = writeBesides(state, { after: null, depth: 0 }, drafts);
  const [first] = messages as [Message];
  const row = await write(owners, messages, { ...next(state), ...counters, headMessageId: first.id });
  return answer(row, toConversation(row));
}

/** Writes messages that no model writes, one after the other from this place on; the last one is then the head. */
export async function addAt(
  owners: Owners,
  state: Conversation,
  place: Pick<Place, "after" | "depth">,
  drafts: Draft[],
): Promise<{ row: Conversation; messages: Message[] }> {
  const { messages } = writeAt(state, place, drafts);
  return { row: await addAll(owners, state, messages), messages };
}

/** What was said elsewhere comes to the end of the branch in force. */
async function append(owners: Owners, call: Call, state: Conversation, drafts: Draft[]): Promise<Response> {
  if (state.messageSeq + drafts.length > MAX_MESSAGES) throw new AppError("conversation_full");
  await assertRoomFor(owners, call, drafts);
  const { headMessageId: after } = state;
  const branch =
    after === null ? [] : await retried(async () => messagesThrough(owners.db, state, after, { count: 1 }));
  const depth = (branch.at(-1)?.depth ?? -1) + 1;
  const { row, messages } = await addAt(owners, state, { after, depth }, drafts);
  return answer(row, { ids: messages.map(({ id }) => id) });
}

/** @throws AppError `storage_full` */
export async function assertRoomFor({ db, env }: Owners, { caller }: Call, drafts: Draft[]): Promise<void> {
  const [taken, own] = await retried(() =>
    batchAs(db, caller, [takenBy(db, caller.userId), ownAllowances(db, caller.userId)]),
  );
  const { storedBytes: limit } = roomOf(one(own), configOf(env));
  const bytes = drafts.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  const more = db.vault.sealedSize(bytes, drafts.length) + drafts.length * ROW_BYTES;
  if (limit > 0 && one(taken).storedBytes + more > limit) throw storageFull(limit);
}

/** The conversation's row after a change that changes nothing but what is said further. */
export const next = (state: Conversation): Omit<Head, "headMessageId"> => ({
  ...state,
  revision: state.revision + 1,
});

export async function write(owners: Owners, messages: Message[], head: Head): Promise<Conversation> {
  const { db } = owners;
  const [[moved]] = await retried(() => db.batch(addMessages(db, messages, head)));
  return rowAfter(owners, head.id, moved);
}
