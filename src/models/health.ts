import type { Database } from "../db/client";
import { claimUpstreamCheck, lastUpstreamCheck, recordUpstreamCheck } from "../db/upstream-checks";
import type { Config } from "../env";
import type { Provider } from "./language-model";
import { configuredProvider } from "./registry";

/** `unknown` until the first check has answered; `offline` where the model runs here. */
export type UpstreamState =
  | "connected"
  | "unreachable"
  | "rejected_key"
  | "not_configured"
  | "offline"
  | "unknown";

/** An upstream is asked at most this often, however often we are. Milliseconds. */
const CHECK_EVERY_MS = 60_000;

let memory: { state: UpstreamState; until: number } | null = null;

/** Whether the language model can be reached. Asking costs nothing within the minute: here at first, then worldwide. */
export async function upstreamState(db: Database, config: Config): Promise<UpstreamState> {
  const provider = configuredProvider(config);
  if (!provider) return "not_configured";
  if (!provider.reach) return "offline";
  if (memory && memory.until > Date.now()) return memory.state;
  const state = await sharedState(db, config, provider.reach);
  memory = { state, until: Date.now() + CHECK_EVERY_MS };
  return state;
}

async function sharedState(
  db: Database,
  config: Config,
  reach: NonNullable<Provider["reach"]>,
): Promise<UpstreamState> {
  const now = Date.now();
  const [mine] = await claimUpstreamCheck(db, new Date(now), new Date(now - CHECK_EVERY_MS));
  if (!mine) {
    const [last] = await lastUpstreamCheck(db);
    return (last?.state as UpstreamState | null) ?? "unknown";
  }
  const state = await reach(config);
  await recordUpstreamCheck(db, state);
  return state;
}
