import type { Database } from "../db/client";
import type { Conversation, Message, Persona } from "../db/schema";
import { configOf, type Config, type Env } from "../env";
import { memoryOf, recallInTime, tellMemory } from "../memory/client";
import { FACT_TOKENS } from "../memory/facts/standing";
import { toSaid } from "../memory/learn";
import type { Owner } from "../memory/object";
import { remembering } from "../memory/policy";
import { textOf, type PromptMessage } from "../models/language-model";
import type { Prompt, PromptInputs, Terms } from "../prompt/build";
import type { Remembered } from "../prompt/memory";
import { promptWith, type MemoryRoom } from "../prompt/remembering";
import { policyOf, type Policy } from "../safety/policy";
import type { Owners } from "./owners";
import type { Snapshot } from "./state";
import type { Turn } from "./turn";

/** Of a prompt's budget no more than these parts are for what is recalled, and for facts. */
const PART_OF_BUDGET = { recalled: 1 / 4, facts: 1 / 16 };
/** Measured: beyond this little more is found (README of test/bench/memory). */
const MAX_RECALLED = 2000;

/** In less, hardly a message fits. */
const LEAST_RECALLED = 100;

/** The room for what a user and a persona remember; null where they remember nothing, or there is no room for it. */
export function memoryRoom(
  persona: Pick<Persona, "memory" | "memoryTokens">,
  policy: Pick<Policy, "memory">,
  { MEMORY_TOKENS }: Pick<Config, "MEMORY_TOKENS">,
  budget: number,
): MemoryRoom | null {
  if (!persona.memory || !policy.memory || MEMORY_TOKENS === 0) return null;
  const wanted = Math.min(persona.memoryTokens ?? MEMORY_TOKENS, MAX_RECALLED);
  const recalled = Math.min(wanted, Math.floor(PART_OF_BUDGET.recalled * budget));
  const facts = Math.min(FACT_TOKENS.early, Math.floor(PART_OF_BUDGET.facts * budget));
  return recalled < LEAST_RECALLED ? null : { recalled, facts };
}

/** A turn's prompt, with what is remembered where something was said that does not stand in it anyway. */
export async function rememberingPrompt(
  { env }: Owners,
  state: Conversation,
  parts: PromptInputs & { persona: Persona },
  terms: Terms,
  room: MemoryRoom | null,
  hasOthers: boolean,
): Promise<Prompt> {
  const mayRecall = hasOthers || parts.persona.hasFacts;
  return promptWith(state.id, parts, terms, room, mayRecall, (request) => recallInTime(env, state, request));
}

/** What is remembered for a turn that is kept nowhere, and that nothing is learnt of. */
export async function rememberPass(
  env: Env,
  config: Config,
  messages: PromptMessage[],
  { persona, hasOthers }: Pick<Snapshot, "persona" | "hasOthers">,
  policy: Policy,
): Promise<Remembered | null> {
  const room = memoryRoom(persona, policy, config, config.PASS_MAX_TOKENS);
  const question = textOf(messages.findLast(({ role }) => role === "user")?.content ?? "");
  if (!room || question === "" || (!hasOthers && !persona.hasFacts)) return null;
  const owner = { userId: persona.userId, personaId: persona.id };
  const recalled = await recallInTime(env, owner, {
    question: question.slice(-LONGEST_QUESTION),
    persona: persona.name,
    budget: room.recalled,
    factBudget: room.facts,
    ratio: 1,
    now: Date.now(),
    window: null,
  });
  const given = new Set(messages.map(({ content }) => textOf(content)));
  const items = recalled?.items.filter(({ body }) => !given.has(body)) ?? [];
  return {
    room: room.recalled + room.facts,
    recalled: recalled && { ...recalled, items },
    isLate: recalled === null,
  };
}

/** What an app has pasted together is read from its end. Characters. */
const LONGEST_QUESTION = 8000;

/** Has the memory ready for somebody who is about to speak. */
export function warmMemory(
  { env, background }: Owners,
  { conversation, persona, safety, hasOthers }: Snapshot & { conversation: Conversation },
): void {
  const config = configOf(env);
  const policy = policyOf(safety, null, config, Date.now());
  if (!hasOthers && conversation.headMessageId === null) return;
  if (memoryRoom(persona, policy, config, config.CONTEXT_MAX_TOKENS))
    background(
      memoryOf(env, conversation)
        .warm(ownerOf(conversation))
        .catch(() => {}),
    );
}

/** Whose memory a conversation belongs to. */
export const ownerOf = ({ userId, personaId }: Owner): Owner => ({ userId, personaId });

/** Teaches the memory what a turn said, which its conversation's row now shows. */
export function teach(
  { env, background }: Owners,
  turn: Turn,
  reply: Message,
  conversation: Conversation,
): void {
  // What is said in a temporary conversation is not remembered.
  if (!turn.isRemembered || conversation.expiresAt !== null) return;
  const { said } = turn;
  const owner = ownerOf(conversation);
  const { id, revision, nonce } = conversation;
  const messages = toSaid(said ? [said, reply] : [reply]);
  const lesson = { conversation: id, revision, nonce, messages, after: (said ?? reply).parentId };
  background(tellMemory(() => memoryOf(env, owner).learn(owner, lesson)));
}

/** Whether a user and a persona of theirs remember anything, as the database says. */
export const isRemembered = async (db: Database, env: Env, owner: Owner): Promise<boolean> =>
  (await remembering(db, env, owner)) !== null;

/** Has the memory read what has changed in a conversation. */
export async function followMemory(db: Database, env: Env, conversation: Owner): Promise<void> {
  const owner = ownerOf(conversation);
  if (await isRemembered(db, env, owner)) await tellMemory(() => memoryOf(env, owner).follow(owner));
}

/** A conversation is with another persona now: the one before forgets it. */
export async function moveMemory(
  env: Env,
  db: Database,
  before: Conversation,
  after: Conversation,
): Promise<void> {
  if (before.personaId === after.personaId) return;
  const owner = ownerOf(before);
  await tellMemory(() => memoryOf(env, owner).leaveConversation(owner, before.id));
  await followMemory(db, env, after);
}
