import { scryptSync } from "node:crypto";

import { env, exports } from "cloudflare:workers";

import { openDatabase } from "../src/db/client";
import { insertSession } from "../src/db/sessions";
import { idOfEmail, insertUser } from "../src/db/users";
import { configOf } from "../src/env";
import { newSession } from "../src/identity/sessions";
import { signAccessToken } from "../src/identity/tokens";

/** The database as the Worker has it, with the keys of the tests if they have any. */
export const ownDatabase = () => openDatabase(env.DB, () => configOf(env).ENCRYPTION_KEY);

type Call = {
  method?: string;
  body?: unknown;
  /** A body as it is, whatever it may be. */
  text?: string;
  token?: string | undefined;
  headers?: Record<string, string>;
};

/** Calls the Worker as a client would. A `body` is sent as JSON, with POST unless `method` says otherwise. */
export function api(path: string, { method, body, text, token, headers = {} }: Call = {}): Promise<Response> {
  const init: RequestInit = {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(text !== undefined && { body: text }),
  };
  return exports.default.fetch(new Request(`https://persona.test${path}`, init));
}

/** The JSON of an answer that must have this status. */
export async function json<T = Record<string, unknown>>(
  response: Response | Promise<Response>,
  status = 200,
) {
  const answer = await response;
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${text}`);
  return JSON.parse(text) as T;
}

export type TestUser = { id: number; email: string; password: string; token: string; refreshToken: string };

const PASSWORD = "password123";
const unpadded = (data: Buffer) => data.toString("base64").replace(/=+$/, "");
/** A hash of the password that anything verifies, at a cost that no test waits for: a real one takes 240 ms. */
const CHEAP_HASH = scryptHash(PASSWORD, { ln: 1, r: 8, p: 1 });

/** A PHC string of this cost, as `verifyPassword` reads it; always under the same salt. */
export function scryptHash(password: string, { ln, r, p }: { ln: number; r: number; p: number }): string {
  const salt = Buffer.alloc(16, 1);
  const hash = scryptSync(password, salt, 32, { N: 2 ** ln, r, p });
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

const newEmail = () => `user-${crypto.randomUUID()}@example.com`;

/**
 * A fresh user, signed in: the rows that a registration leaves, without its hash. The first login makes a real one, so
 * tests that are about passwords want `registeredUser`.
 */
export const newUser = () => insertedUser(newEmail(), null);

/** An administrator, signed in: ADMIN_EMAILS of the tests names the address, and somebody vouched for it. One a file. */
export const newAdmin = (email = "admin@example.com") => insertedUser(email, new Date());

async function insertedUser(email: string, emailVouchedAt: Date | null): Promise<TestUser> {
  const db = openDatabase(env.DB);
  const { row, refreshToken } = await newSession(undefined, configOf(env));
  const { createdAt } = row;
  const [[user]] = await db.batch([
    insertUser(db, {
      email,
      username: email,
      fullName: null,
      passwordHash: CHEAP_HASH,
      emailVouchedAt,
      createdAt,
      updatedAt: createdAt,
    }),
    insertSession(db, idOfEmail(email), row),
  ]);
  if (!user) throw new Error("No user was inserted.");
  const token = await signAccessToken({ userId: user.id, sessionId: row.id }, configOf(env));
  return { id: user.id, email, password: PASSWORD, token, refreshToken };
}

/** A fresh user who has registered over the API, with the hash that a registration makes. */
export async function registeredUser(): Promise<TestUser> {
  const email = newEmail();
  const tokens = await json<{ access_token: string; refresh_token: string }>(
    api("/auth/register", { body: { email, password: PASSWORD } }),
  );
  const { id } = await json<{ id: number }>(api("/auth/me", { token: tokens.access_token }));
  return { id, email, password: PASSWORD, token: tokens.access_token, refreshToken: tokens.refresh_token };
}
