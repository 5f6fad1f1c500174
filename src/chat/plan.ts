import { ROW_BYTES } from "../db/room";
import { retried } from "../db/client";
import type { Conversation, Message } from "../db/schema";
import { firstAfter } from "../db/tree";
import type { Config } from "../env";
import type { LanguageModel, Parameters } from "../models/language-model";
import type { Prompt } from "../prompt/build";
import { toWindow, type Window } from "../prompt/history";
import { careOf, hearAfter, type Care } from "../safety/care";
import { rulesOf } from "../safety/rules";
import type { PlannedCall } from "../usage/allowances";
import type { Asked, Begin, Preview } from "./commands";
import type { Owners } from "./owners";
import { answerPath, walk } from "./path";
import { memoryRoom, rememberingPrompt } from "./remember";
import { roleOf } from "./role";
import { modelFor } from "./safety";
import { countBefore, type Snapshot } from "./state";
import {
  answerAgain,
  answerBeside,
  appendAtHead,
  assertRoom,
  goOn,
  sayAfter,
  wordsOf,
  type Place,
  type Placed,
} from "./tree";

/** What a turn would ask of which language model, and where it would stand. */
export type Plan = {
  model: LanguageModel;
  place: Place;
  window: Window;
  prompt: Prompt;
  call: Omit<PlannedCall, "replyId">;
  /** What it is begun with for its user's sake. */
  care: Care;
  /** Whether what is said in it is remembered. */
  isRemembered: boolean;
};

/** Plans a turn. Writes nothing. */
export async function planTurn(
  owners: Owners,
  command: Begin | Preview,
  { persona, safety, hasOthers, branch = null }: Snapshot & { branch?: Message[] | null },
  state: Conversation,
  config: Config,
): Promise<Plan> {
  const budget = config.CONTEXT_MAX_TOKENS;
  const { place, window, source } =
    command.type === "send" || command.type === "preview"
      ? await placeNew(owners, command.content, state, budget, branch)
      : await placeAmong(owners, command, branch ?? [], state, config);
  const ratio = state.tokenRatio;
  const message = typeof place.said === "string" ? place.said : (place.said?.content ?? null);
  const care = careOf(hearAfter(saidBefore(window), message), safety, roleOf(persona), config, Date.now());
  const model = modelFor(care, config, persona);
  const { note } = care;
  const { app = [], parameters } = askedIn(command);
  const rules = rulesOf(care.policy);
  const parts = { persona, rules, app, window, message, begun: wordsOf(place.begun), note };
  const room = memoryRoom(persona, care.policy, config, budget);
  const prompt = await rememberingPrompt(owners, state, parts, { ratio, budget, source }, room, hasOthers);
  prompt.request.userId = state.userId;
  if (parameters) prompt.request.parameters = parameters;
  const call = {
    provider: model.provider,
    model: model.model,
    promptTokens: Math.ceil(prompt.estimate * ratio),
    completionTokens: longestReply(config, parameters),
    bytes: roomFor(owners, typeof place.said === "string" ? place.said : null, config),
  };
  return { model, place, window, prompt, call, care, isRemembered: room !== null };
}

/** As many of the newest messages as may be parts of what is said. */
const NEWEST = 8;

const saidBefore = ({ entries }: Window) =>
  entries
    .slice(-NEWEST)
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);

/** A reply is about so long at most: OpenAI's rule of thumb. */
const BYTES_PER_TOKEN = 4;

/** How much room a turn's messages may take in the database: what is said, if that is new, and the longest reply. Bytes. */
function roomFor({ db }: Owners, said: string | null, { OPENAI_MAX_TOKENS }: Config): number {
  const text = Buffer.byteLength(said ?? "") + OPENAI_MAX_TOKENS * BYTES_PER_TOKEN;
  const rows = said === null ? 1 : 2;
  return db.vault.sealedSize(text, rows) + rows * ROW_BYTES;
}

const askedIn = (command: Begin | Preview): Partial<Asked> =>
  (command.type === "preview" ? undefined : command.asked) ?? {};

/** The most tokens that a reply may have: as many as its client wants, but never more than the operator does. */
export const longestReply = ({ OPENAI_MAX_TOKENS: most }: Config, parameters: Parameters = {}) =>
  Math.min(parameters.max_tokens ?? most, most);

async function placeNew(
  owners: Owners,
  content: string,
  state: Conversation,
  budget: number,
  branch: Message[] | null,
) {
  const { window, source } = await owners.state.window(state, budget, branch);
  return { place: appendAtHead(state, window, content), window, source };
}

/** Has its place among the messages that are there. */
type Among = Exclude<Begin, { type: "send" }>;

async function placeAmong(
  owners: Owners,
  command: Among,
  branch: Message[],
  state: Conversation,
  config: Config,
) {
  const { place, earlier } = await placeOf(owners, command, branch, config);
  assertRoom(place);
  const before = command.type === "walk" ? 0 : await countBefore(owners.db, state, branch[0]);
  return { place, window: toWindow(earlier, before, config.CONTEXT_MAX_TOKENS), source: "d1" as const };
}

async function placeOf({ db }: Owners, command: Among, branch: Message[], config: Config): Promise<Placed> {
  switch (command.type) {
    case "edit":
      return answerBeside(branch, command.content, config.MESSAGE_MAX_CHARACTERS);
    case "continue": {
      const [last] = branch.slice(-1);
      const [next] = last ? await retried(async () => firstAfter(db, last)) : [];
      return goOn(branch, next !== undefined);
    }
    case "regenerate":
      return answerAgain(branch);
    case "follow":
      return sayAfter(branch, command.content);
    case "walk":
      return answerPath(walk(command.path, branch));
  }
}
