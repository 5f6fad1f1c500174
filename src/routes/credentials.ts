import { z } from "@hono/zod-openapi";

import { apiKeysOf, deleteApiKey, insertApiKey } from "../db/api-keys";
import { batchAs, retried } from "../db/client";
import type { ApiKey, Session } from "../db/schema";
import { endSession, sessionsOf } from "../db/sessions";
import { batchConfirmed } from "../db/users";
import { AppError } from "../errors";
import { ok, contract, idParameter, jsonBody, orNull, ConfirmationSchema, textField } from "../http/contract";
import { ApiKeySchema, NewApiKeySchema, SessionSchema } from "../wire/credentials";
import { isoTime } from "../wire/time";
import { addressOf } from "../http/rate-limit";
import { newRouter } from "../http/router";
import { confirmOwner } from "../identity/account";
import { asAdministrator } from "../identity/administrators";
import { newApiKey } from "../identity/api-keys";
import { API_KEY_SCOPES } from "../identity/scopes";

const tags = ["Account"];

/** Where a user is signed in, and the keys of their programs: only a session may look at or change them. */
export const credentials = newRouter();

const toSession = (row: Session, current: string | null) => ({
  id: row.id,
  user_agent: row.userAgent,
  current: row.id === current,
  created_at: isoTime(row.createdAt),
  last_used_at: isoTime(row.lastUsedAt),
  expires_at: isoTime(row.expiresAt),
});

credentials.openapi(
  contract({
    method: "get",
    path: "/sessions",
    operationId: "listSessions",
    access: "account",
    tags,
    summary: "Where you are signed in",
    request: {},
    responses: ok(z.array(SessionSchema), "Your sessions, the one used last first."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows] = await retried(() => batchAs(db, caller, [sessionsOf(db, caller.userId)]));
    return c.json(
      rows.map((row) => toSession(row, caller.sessionId)),
      200,
    );
  },
);

credentials.openapi(
  contract({
    method: "delete",
    path: "/sessions/{session_id}",
    operationId: "endSession",
    access: "account",
    tags,
    summary: "Sign out somewhere",
    request: {
      params: z.object({
        session_id: z.string().max(64).openapi({ description: "The session's id." }),
      }),
    },
    responses: ok(ConfirmationSchema, "Its tokens no longer work."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { session_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[gone]] = await batchAs(db, caller, [endSession(db, caller.userId, id)]);
    if (!gone) throw new AppError("not_found", { detail: "Session not found" });
    return c.json({ message: "Session ended" }, 200);
  },
);

const toApiKey = (row: ApiKey) => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  created_at: isoTime(row.createdAt),
  last_used_at: row.lastUsedAt && isoTime(row.lastUsedAt),
  last_used_network: row.lastUsedNetwork,
  last_used_user_agent: row.lastUsedUserAgent,
  expires_at: row.expiresAt && isoTime(row.expiresAt),
});

/** A key that is forgotten stops working by itself. */
const API_KEY_DAYS = 90;
const expiryOf = (asked: string | null | undefined) => {
  if (asked === undefined) return new Date(Date.now() + API_KEY_DAYS * 24 * 60 * 60 * 1000);
  return asked === null ? null : new Date(asked);
};

credentials.openapi(
  contract({
    method: "post",
    path: "/api-keys",
    operationId: "createApiKey",
    access: "account",
    tags,
    rate: "credentials",
    summary: "Make an API key for a program, with your password or soon after a login",
    request: jsonBody(
      z.object({
        name: textField(128).openapi({ example: "My script" }),
        scopes: z
          .array(z.enum(API_KEY_SCOPES))
          .min(1)
          .max(API_KEY_SCOPES.length)
          .default(["chat"])
          .openapi({
            example: ["chat"],
            description:
              "`chat` does everything but govern the account; `read` only looks; `admin`, which only an administrator " +
              "may give, governs the server's users.",
          }),
        expires_at: z.iso
          .datetime({ offset: true })
          .refine((text) => Date.parse(text) > Date.now(), "must be in the future")
          .nullish()
          .openapi({
            example: "2099-01-01T00:00:00.000Z",
            description: `In ${API_KEY_DAYS} days if left out; never if null.`,
          }),
        password: orNull(z.string().max(1024, "must have at most 1024 characters"))
          .describe("Your password once more. May be left out within five minutes of a login.")
          .openapi({ format: "password", example: "password123" }),
      }),
    ),
    responses: ok(NewApiKeySchema, "The new key."),
    errors: ["too_many_api_keys", "password_required", "wrong_password", "login_paused"],
  }),
  async (c) => {
    const { name, scopes, expires_at, password } = c.req.valid("json");
    const [db, config, caller] = [c.get("db"), c.get("config"), c.get("caller")];
    const proof = password == null ? null : { password, address: addressOf(c) };
    const user = await confirmOwner(db, config, caller, proof);
    const { key, hash, hint } = await newApiKey(config, caller.userId);
    const expiresAt = expiryOf(expires_at);
    const row = { name, hash, hint, scopes: [...new Set(scopes)], expiresAt };
    const maker = scopes.includes("admin") ? asAdministrator(caller, config) : caller;
    const insert = [insertApiKey(db, caller.userId, row)] as const;
    const [[made]] = await (user ? batchConfirmed(db, maker, user, insert) : batchAs(db, maker, insert));
    if (!made) throw new AppError("too_many_api_keys");
    return c.json({ ...toApiKey(made), key }, 200);
  },
);

credentials.openapi(
  contract({
    method: "get",
    path: "/api-keys",
    operationId: "listApiKeys",
    access: "account",
    tags,
    summary: "Your API keys",
    request: {},
    responses: ok(z.array(ApiKeySchema), "Your keys, without the keys themselves."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows] = await retried(() => batchAs(db, caller, [apiKeysOf(db, caller.userId)]));
    return c.json(rows.map(toApiKey), 200);
  },
);

credentials.openapi(
  contract({
    method: "delete",
    path: "/api-keys/{key_id}",
    operationId: "revokeApiKey",
    access: "account",
    tags,
    summary: "Revoke an API key",
    request: { params: z.object({ key_id: idParameter("The key's id.") }) },
    responses: ok(ConfirmationSchema, "It no longer works."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { key_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[gone]] = await batchAs(db, caller, [deleteApiKey(db, caller.userId, id)]);
    if (!gone) throw new AppError("not_found", { detail: "API key not found" });
    return c.json({ message: "API key revoked" }, 200);
  },
);
