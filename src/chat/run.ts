import type { Config } from "../env";
import { openLog, type EventLog } from "../events/log";
import { generate, STOPPED, type Deadlines } from "../models/generate";
import type { LanguageModel } from "../models/language-model";
import type { Prompt } from "../prompt/build";
import type { Window } from "../prompt/history";
import { correctedRatio } from "../prompt/tokens";
import type { Once } from "./commands";
import type { Ending, Turn } from "./turn";
import type { TurnStore } from "./turn-store";

/** A turn that is being written. `ending` once the model is done; it stays until the database knows that too. */
export type RunningTurn = {
  turn: Turn;
  log: EventLog;
  controller: AbortController;
  /** The window it was asked with; null after a crash. */
  window: Window | null;
  ending: Ending | null;
  /** The database did not agree to it: only its cost is written. */
  refused: boolean;
  /** The settlement that is under way, if one is. */
  settling: Promise<void> | null;
  /** Resolves when the model has said its last word: `ending` is set. */
  written: Promise<void>;
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
): RunningTurn {
  const running: RunningTurn = {
    turn,
    window,
    log: openLog(),
    controller: new AbortController(),
    ending: null,
    refused: false,
    settling: null,
    written: Promise.resolve(),
  };
  running.log.append({ type: "started", said: turn.said, reply: turn.reply });
  running.written = writeReply(running, model, prompt, config);
  return running;
}

async function writeReply(
  running: RunningTurn,
  model: LanguageModel,
  prompt: Prompt,
  config: Config,
): Promise<void> {
  const { turn, log, controller } = running;
  const hear = (text: string, logprobs?: unknown[]) => {
    for (let i = 0; i < text.length; i += TEXT_CHARACTERS) {
      log.append({
        type: "text",
        text: text.slice(i, i + TEXT_CHARACTERS),
        ...(i === 0 && logprobs && { logprobs }),
      });
    }
  };
  const ending = await generate(model, prompt.request, deadlinesOf(config), controller, hear, (calls) =>
    log.append({ type: "tool_calls", calls }),
  );
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
  settling: null,
  window: null,
  controller: new AbortController(),
  written: Promise.resolve(),
});

/** The durable start: what `started` promises is on disk before it leaves the object. */
export function persistStart(store: TurnStore, { turn, log }: RunningTurn, once: Once | undefined): void {
  turn.keptAt = Date.now();
  if (turn.nonce !== null) store.saveNonce(turn.nonce);
  store.open(turn, log.take());
  if (once)
    store.saveKey(once.key, { fingerprint: once.fingerprint, replyId: turn.reply.id, at: turn.startedAt });
  log.keep((events) => store.append(turn, events));
}

/** Hangs up on the model; what it has said is kept. */
export const stopTurn = ({ controller }: RunningTurn) => controller.abort(STOPPED);
