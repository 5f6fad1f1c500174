import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";

import { openDatabase, type Database } from "../db/client";
import { configOf, type Config, type Env } from "../env";
import { AppError } from "../errors";
import type { AppEnv } from "./router";

/** The largest body, and that of a request that may hold a whole history with its images. Bytes. */
export const MAX_BODY_BYTES = 1_000_000;
export const MAX_HISTORY_BYTES = 4_000_000;
/** A hundred thousand messages of the usual length. */
export const MAX_LINES_BYTES = 32_000_000;

const databases = new WeakMap<Env, Database>();

/** The database, opened once per isolate. */
function databaseOf(env: Env, config: Config): Database {
  const known = databases.get(env);
  if (known) return known;
  const db = openDatabase(env.DB, () => config.ENCRYPTION_KEY);
  databases.set(env, db);
  return db;
}

/** Gives the request what every handler needs: the configuration and the database. */
export const prepare = createMiddleware<AppEnv>(async function prepare(c, next) {
  const config = configOf(c.env);
  c.set("config", config);
  c.set("db", databaseOf(c.env, config));
  await next();
});

/** Refuses a larger body, whether it announces its length or not. */
export const limitBody = (bytes: number) =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new AppError("payload_too_large", {
        detail: `The request body is larger than ${bytes / 1_000_000} MB.`,
      });
    },
  });

/** Refuses a body that is not JSON, before anything tries to make sense of it. */
export const requireJson = createMiddleware<AppEnv>(async function requireJson(c, next) {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (c.req.raw.body && type !== undefined && type !== "application/json" && !type.endsWith("+json")) {
    throw new AppError("unsupported_media_type");
  }
  if (c.req.raw.body && type === undefined) throw new AppError("unsupported_media_type");
  await next();
});

/** The types that JSON Lines go by. */
const LINES = /^(?:application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)|application\/json|text\/plain)$/;

/** Refuses a body that is not JSON Lines. */
export const requireLines = createMiddleware<AppEnv>(async function requireLines(c, next) {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!LINES.test(type ?? ""))
    throw new AppError("unsupported_media_type", {
      detail: "Send the request body as application/x-ndjson: a JSON object on each line.",
    });
  await next();
});

/**
 * Takes an empty body for none, whatever type it announces, where a body may be left out: over a socket, none at all is a
 * stream that ends at once.
 */
export const dropEmptyBody = createMiddleware<AppEnv>(async function dropEmptyBody(c, next) {
  if (!c.req.raw.body || (await c.req.arrayBuffer()).byteLength === 0) {
    const headers = new Headers(c.req.raw.headers);
    headers.delete("content-type");
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers, signal: c.req.raw.signal });
  }
  await next();
});

/** Whether a client wants events where its body does not say. */
export const acceptsEvents = (c: Context): boolean =>
  c.req.header("accept")?.includes("text/event-stream") ?? false;

/** The first of these languages (ISO 639-1) that a client asks for by `Accept-Language`, whatever the country, else English. */
export const languageAsked = (c: Context<AppEnv>, languages: string[]): string =>
  accepts(c, {
    header: "Accept-Language",
    supports: languages,
    default: "en",
    match: (tags, { supports, default: otherwise }) =>
      tags.map(({ type }) => type.toLowerCase().split("-")[0] ?? "").find((tag) => supports.includes(tag)) ??
      otherwise,
  });
