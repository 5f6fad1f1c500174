import { withTimeout } from "../async";
import type { UsageEvent } from "../db/schema";
import type { Caller } from "../db/client";
import type { Config, Env } from "../env";
import { wordsOf } from "../models/generate";
import { oweCalls } from "../usage/ledger";
import type { RunningTurn } from "./run";
import { close, interruptedEnding } from "./turn";

/** A pass that is over by then is never noted; a longer one, so often. Milliseconds. */
const FIRST_NOTE_MS = 200;
const NOTE_MS = 2_000;
/** A pass that nothing was heard of for so long is no more. Milliseconds. */
const SILENT_MS = 15_000;

/**
 * While a pass runs, an object that is named after its user holds its bill as it would be were it cut off now: nothing else of it
 * outlives a crash. It goes to the ledger when no more is heard of the pass.
 * @returns what is held when the model is done
 */
export async function noteWhileRunning(
  { env, var: { caller, config } }: { env: Env; var: { caller: Caller; config: Config } },
  running: RunningTurn,
  reservation: number | null,
): Promise<UsageEvent[]> {
  let noted: UsageEvent[] = [];
  for (let wait = FIRST_NOTE_MS; !(await isWritten(running, wait)); wait = NOTE_MS) {
    const until = Date.now() + SILENT_MS;
    noted = billSoFar(running, config);
    await oweCalls(
      env,
      caller.userId,
      noted.map((call) => ({ ...call, until, reservation })),
    ).catch(() => {});
  }
  return noted;
}

async function isWritten(running: RunningTurn, withinMs: number): Promise<boolean> {
  await withTimeout(running.written, withinMs);
  return running.ending !== null;
}

function billSoFar({ turn, log }: RunningTurn, config: Config): UsageEvent[] {
  const calls = log.events.map((event) => (event.type === "tool_calls" ? wordsOf(event.calls) : "")).join("");
  const { attempts, ...ending } = interruptedEnding(turn, log.spoken());
  return close(turn, { ...ending, attempts: attempts.map((it) => ({ ...it, calls })) }, config).usage;
}
