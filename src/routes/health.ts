import { z } from "@hono/zod-openapi";

import { withTimeout } from "../async";
import { MAX_STORED_MS } from "../chat/client";
import { pingDatabase, type Database } from "../db/client";
import { missingKeys } from "../db/encryption";
import { keyMissing } from "../db/vault";
import type { Env } from "../env";
import { upstreamState } from "../models/health";
import { configuredProvider } from "../models/registry";
import { AppError } from "../errors";
import { ok, contract } from "../http/contract";
import { newRouter } from "../http/router";
import { ErrorSchema } from "../wire/error";

/** A part that has not answered by then counts as one that does not. Milliseconds. */
const PATIENCE_MS = 2000;
/** Anyone may ask, so an isolate asks its parts no oftener than this. Milliseconds. */
const CHECK_EVERY_MS = 3000;
/** Names no conversation, which are numbers. */
const PROBE = "readiness";

type Probe = { ok: boolean; ms: number };
type Readiness = {
  checks: { database: Probe; conversations: Probe };
  /** Keys that what is stored needs and ENCRYPTION_KEY does not have. */
  lacking: string[];
};

const memory = new WeakMap<Env["CONVERSATIONS"], { found: Readiness; until: number }>();

/** Whether the database and the conversations' objects answer, how fast they did, and which keys are missing. */
export async function readiness(env: Env, db: Database): Promise<Readiness> {
  const known = memory.get(env.CONVERSATIONS);
  if (known && known.until > Date.now()) return known.found;
  const [database, conversations] = await Promise.all([
    probe(() => pingDatabase(db)),
    probe(() => env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(PROBE)).ping()),
  ]);
  const checks = { database, conversations };
  const lacking = database.ok
    ? await withTimeout(missingKeys(db, MAX_STORED_MS), PATIENCE_MS).catch(() => [])
    : [];
  const found = { checks, lacking: lacking ?? [] };
  memory.set(env.CONVERSATIONS, { found, until: Date.now() + CHECK_EVERY_MS });
  return found;
}

async function probe(ask: () => PromiseLike<unknown>): Promise<Probe> {
  const began = Date.now();
  const answer = (async () => {
    await ask();
    return true;
  })();
  const ok = await withTimeout(answer, PATIENCE_MS).catch(() => false);
  return { ok: ok === true, ms: Date.now() - began };
}

export const health = newRouter();

health.openapi(
  contract({
    method: "get",
    path: "/health",
    operationId: "getHealth",
    access: "public",
    tags: ["Service"],
    summary: "Tell that the server is alive",
    responses: ok(
      z.object({ status: z.literal("healthy") }).openapi("Health", { example: { status: "healthy" } }),
      "The server answers.",
    ),
  }),
  (c) => c.json({ status: "healthy" as const }, 200),
);

const ProbeSchema = z.object({ ok: z.boolean(), ms: z.int().describe("How long it took to answer.") });
const ChecksSchema = z.object({ database: ProbeSchema, conversations: ProbeSchema });

health.openapi(
  contract({
    method: "get",
    path: "/health/ready",
    operationId: "getReadiness",
    access: "public",
    tags: ["Service"],
    summary: "Do the database and the conversations' objects answer?",
    responses: ok(
      z
        .object({
          status: z.literal("ready"),
          checks: ChecksSchema,
        })
        .openapi("Readiness", {
          example: {
            status: "ready",
            checks: {
              database: { ok: true, ms: 9 },
              conversations: { ok: true, ms: 6 },
            },
          },
        }),
      "Both of them, as found within the last seconds. Where one does not, `not_ready` with the same `checks`.",
    ),
    errors: ["not_ready"],
    failure: ErrorSchema.extend({ checks: ChecksSchema.optional() }).openapi("ReadinessError"),
  }),
  async (c) => {
    const { checks, lacking } = await readiness(c.env, c.get("db"));
    if (!Object.values(checks).every(({ ok }) => ok)) throw new AppError("not_ready", { extra: { checks } });
    const [key] = lacking;
    if (key) throw new AppError("not_ready", { detail: keyMissing(key).message, extra: { checks } });
    return c.json({ status: "ready" as const, checks }, 200);
  },
);

export const chatHealth = newRouter();

chatHealth.openapi(
  contract({
    method: "get",
    path: "/health",
    operationId: "getModelHealth",
    access: "public",
    tags: ["Service"],
    summary: "Can the personas speak?",
    request: {},
    responses: ok(
      z
        .object({
          status: z.enum(["healthy", "degraded"]),
          openai_api: z.enum([
            "connected",
            "unreachable",
            "rejected_key",
            "not_configured",
            "offline",
            "unknown",
          ]),
          model: z.string(),
        })
        .openapi("ChatHealth", {
          example: { status: "healthy", openai_api: "connected", model: "gpt-3.5-turbo" },
        }),
      "The language model as it was found within the last minute.",
    ),
  }),
  async (c) => {
    const config = c.get("config");
    const state = await upstreamState(c.get("db"), config);
    const well = state === "connected" || state === "offline" || state === "unknown";
    const model = configuredProvider(config)?.modelName(config) ?? config.OPENAI_MODEL;
    return c.json({ status: well ? "healthy" : "degraded", openai_api: state, model } as const, 200);
  },
);
