import type { Config } from "../env";
import { openLog, type EventLog } from "../events/log";
import { generate, STOPPED, type Deadlines } from "../models/generate";
import { continued } from "../models/continued";
import type { LanguageModel } from "../models/language-model";
import type { Prompt } from "../prompt/build";
import type { Window } from "../prompt/history";
import { correctedRatio } from "../prompt/tokens";
import type { Care } from "../safety/care";
import type { Once } from "./commands";
import { markCut, watchOutput } from "./safety";
import { numberOf, startOf, type Ending, type Turn } from "./turn";
import type { TurnStore } from "./turn-store";

/** A turn that is being written. `ending` once the model is done; it stays until the database knows that too. */
export type RunningTurn = {
  turn: Turn;
  log: EventLog;
  controller: AbortController;
  /** The window it was asked with; null after a crash. */
  window: Window | null;
  /** What it was begun with for its user's sake; null after a crash. */
  care: Care | null;
  ending: Ending | null;
  /** The database did not agree to it: only its cost is written. */
  refused: boolean;
  /** How often the database has refused how it ended as something that it never takes. */
  refusals: number;
  /** The settlement that is under way, if one is. */
  settling: Promise<void> | null;
  /** Resolves when the model has said its last word: `ending` is set. */
  written: Promise<void>;
  /** Resolves when whoever reads along has said what there is to say. */
  moderated: Promise<void>;
};

/** A longer piece of text becomes several events. */
const TEXT_CHARACTERS = 16 * 1024;

/** Lets the model write the reply, whoever is listening. Never throws: how it ended is in `ending`. */
export function runTurn(
  turn: Turn,
  window: Window | null,
  model: LanguageModel,
  prompt: Prompt,
  config: Config,
  care: Care,
): RunningTurn {
  const running: RunningTurn = {
    turn,
    window,
    care,
    log: openLog(),
    controller: new AbortController(),
    ending: null,
    refused: false,
    refusals: 0,
    settling: null,
    written: Promise.resolve(),
    moderated: Promise.resolve(),
  };
  running.log.append(startOf(turn));
  running.written = writeReply(running, model, prompt, config, care);
  return running;
}

async function writeReply(
  running: RunningTurn,
  model: LanguageModel,
  prompt: Prompt,
  config: Config,
  care: Care,
): Promise<void> {
  const { turn, log, controller } = running;
  const { content: begun } = turn.reply;
  const speaker = begun ? continued(model, begun) : model;
  const show = (text: string, logprobs?: unknown[]) => {
    for (let i = 0; i < text.length; i += TEXT_CHARACTERS) {
      log.append({
        type: "text",
        text: text.slice(i, i + TEXT_CHARACTERS),
        ...(i === 0 && logprobs && { logprobs }),
      });
    }
  };
  const output = watchOutput(running, care, show);
  const ending = await generate(
    speaker,
    prompt.request,
    deadlinesOf(config),
    controller,
    output.push,
    (calls) => log.append({ type: "tool_calls", calls }),
  );
  if (output.end()) markCut(ending);
  const reported = ending.attempts.at(-1)?.usage?.promptTokens ?? 0;
  turn.head.tokenRatio = correctedRatio(turn.head.tokenRatio, prompt.estimate, reported);
  running.ending = ending;
}

const deadlinesOf = (config: Config): Deadlines => ({
  firstToken: config.UPSTREAM_FIRST_TOKEN_TIMEOUT_MS,
  idle: config.UPSTREAM_IDLE_TIMEOUT_MS,
  total: config.TURN_TIMEOUT_MS,
  retries: config.UPSTREAM_RETRIES,
});

/** A turn that an earlier life of the object left behind, with the text that had reached the disk. */
export const recoveredTurn = (turn: Turn, log: EventLog, ending: Ending): RunningTurn => ({
  turn,
  log,
  ending,
  refused: ending.status === "refused",
  refusals: 0,
  settling: null,
  window: null,
  care: null,
  controller: new AbortController(),
  written: Promise.resolve(),
  moderated: Promise.resolve(),
});

/** The durable start: what `started` promises is on disk before it leaves the object. */
export function persistStart(store: TurnStore, { turn, log }: RunningTurn, once: Once | undefined): void {
  turn.keptAt = Date.now();
  if (turn.nonce !== null) store.saveNonce(turn.nonce);
  store.open(turn, log.take());
  if (once)
    store.saveKey(once.key, turn.userId, {
      fingerprint: once.fingerprint,
      replyId: numberOf(turn),
      at: turn.startedAt,
    });
  log.keep((events) => store.append(turn, events));
}

/** Hangs up on the model; what it has said is kept. */
export const stopTurn = ({ controller }: RunningTurn) => controller.abort(STOPPED);
