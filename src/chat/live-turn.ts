import { retried, type Database } from "../db/client";
import { beginTurn } from "../db/messages";
import type { Config } from "../env";
import type { Upstream } from "../models/language-model";
import { generate, type Limits } from "../models/generate";
import type { Once } from "./client";
import type { EventLog } from "../events/log";
import { headOf, startedEvent, type Ending, type Turn } from "./turn";
import type { TurnStore } from "./turn-store";
import { correctedRatio, type Prompt, type Window } from "../prompt/history";

/** The turn that is being written. `ending` once the upstream is done; it stays until the database knows that too. */
export type Live = {
  turn: Turn;
  log: EventLog;
  controller: AbortController;
  key: string | undefined;
  /** Makes the turn visible in the database. */
  publish: () => Promise<void>;
  /** Set once that is under way. */
  published?: Promise<void>;
  window: Window;
  ending?: Ending;
  settling?: Promise<void>;
};

/** The history shows a turn after this long: soon, and not in the way of a first token that comes sooner. */
const PUBLISH_MS = 20;
/** A longer piece of text becomes several events. */
const DELTA_CHARACTERS = 16 * 1024;
/** What a turn knows of its window after a crash. */
export const NO_WINDOW: Window = { entries: [], budget: 0 };

/** A turn that is to be written, or settled after a crash. */
export function openLive(
  db: Database,
  turn: Turn,
  window: Window,
  log: EventLog,
  key: string | undefined,
): Live {
  const publish = async () => {
    // What fails here is made good when the turn is settled.
    await retried(() => db.batch(beginTurn(db, turn.question, turn.reply, headOf(turn)))).catch(() => {});
  };
  return {
    turn,
    window,
    log,
    key,
    controller: new AbortController(),
    publish,
  };
}

/** The durable start: what `turn.started` promises is on disk before it leaves the object. */
export function keepPromise(store: TurnStore, live: Live, once: Once | undefined): void {
  const { turn, log, key } = live;
  const replyId = turn.reply.id;
  turn.keptAt = Date.now();
  store.save({ turn, ...(key && { key }) });
  store.setRunning(replyId);
  if (once) store.saveKey(once.key, { fingerprint: once.fingerprint, replyId, at: turn.startedAt });
  log.keep(store.packs(replyId));
  // A turn that has ended by then is settled, which writes the same rows.
  setTimeout(() => {
    if (!live.ending) live.published = live.publish();
  }, PUBLISH_MS);
}

/** Lets the upstream write the reply, whoever is listening. Never throws: how it ended is in `live.ending`. */
export async function writeReply(
  live: Live,
  upstream: Upstream,
  prompt: Prompt,
  config: Config,
): Promise<void> {
  const { turn, log, controller } = live;
  const started = startedEvent(turn.question, turn.reply);
  log.append(started.event, started.data);
  live.ending = await generate(upstream, prompt.request, limitsOf(config), controller, (text) => {
    for (let i = 0; i < text.length; i += DELTA_CHARACTERS) {
      log.append("delta", { text: text.slice(i, i + DELTA_CHARACTERS) });
    }
  });
  const reported = live.ending.attempts.at(-1)?.usage?.promptTokens ?? 0;
  turn.head.tokenRatio = correctedRatio(turn.head.tokenRatio, prompt.estimate, reported);
}

const limitsOf = (config: Config): Limits => ({
  firstToken: config.UPSTREAM_FIRST_TOKEN_TIMEOUT_MS,
  idle: config.UPSTREAM_IDLE_TIMEOUT_MS,
  total: config.TURN_TIMEOUT_MS,
  retries: config.UPSTREAM_RETRIES,
});
