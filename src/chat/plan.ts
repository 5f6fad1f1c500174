import { ROW_BYTES } from "../db/room";
import type { Conversation, Message } from "../db/schema";
import type { Config } from "../env";
import type { LanguageModel } from "../models/language-model";
import { chooseModel } from "../models/registry";
import { buildPrompt, sectionsOf, type Prompt } from "../prompt/build";
import { toWindow, type Window } from "../prompt/history";
import type { PlannedCall } from "../usage/allowances";
import type { Begin, Preview } from "./commands";
import type { Owners } from "./owners";
import { countBefore, type Snapshot } from "./state";
import { answerAgain, appendAtHead, type Place } from "./tree";

/** What a turn would ask of which language model, and where it would stand. */
export type Plan = {
  model: LanguageModel;
  place: Place;
  window: Window;
  prompt: Prompt;
  call: Omit<PlannedCall, "replyId">;
};

/** Plans a turn. Writes nothing. */
export async function planTurn(
  owners: Owners,
  command: Begin | Preview,
  { persona, branch = null }: Snapshot & { branch?: Message[] | null },
  state: Conversation,
  config: Config,
): Promise<Plan> {
  const budget = config.CONTEXT_MAX_TOKENS;
  const model = chooseModel(config, persona);
  const { place, window, source } =
    command.type === "regenerate"
      ? await placeAgain(owners, branch ?? [], state, budget)
      : await placeNew(owners, command.content, state, budget, branch);
  const ratio = state.tokenRatio;
  const message = typeof place.said === "string" ? place.said : (place.said?.content ?? null);
  const prompt = buildPrompt(sectionsOf({ persona, window, message }), { ratio, budget, source });
  prompt.request.userId = state.userId;
  const call = {
    provider: model.provider,
    model: model.model,
    promptTokens: Math.ceil(prompt.estimate * ratio),
    completionTokens: config.OPENAI_MAX_TOKENS,
    bytes: roomFor(owners, typeof place.said === "string" ? place.said : null, config),
  };
  return { model, place, window, prompt, call };
}

/** A reply is about so long at most: OpenAI's rule of thumb. */
const BYTES_PER_TOKEN = 4;

/** How much room a turn's messages may take in the database: what is said, if that is new, and the longest reply. Bytes. */
function roomFor({ db }: Owners, said: string | null, { OPENAI_MAX_TOKENS }: Config): number {
  const text = Buffer.byteLength(said ?? "") + OPENAI_MAX_TOKENS * BYTES_PER_TOKEN;
  const rows = said === null ? 1 : 2;
  return db.vault.sealedSize(text, rows) + rows * ROW_BYTES;
}

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

async function placeAgain({ db }: Owners, branch: Message[], state: Conversation, budget: number) {
  const { said, earlier } = answerAgain(branch);
  const before = await countBefore(db, state, branch[0]);
  const place = { after: said.id, depth: said.depth + 1, said };
  return { place, window: toWindow(earlier, before, budget), source: "d1" as const };
}
