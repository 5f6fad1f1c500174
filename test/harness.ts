import { exports } from "cloudflare:workers";

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

/** A fresh user, signed in. */
export async function newUser(): Promise<TestUser> {
  const email = `user-${crypto.randomUUID()}@example.com`;
  const password = "password123";
  const tokens = await json<{ access_token: string; refresh_token: string }>(
    api("/auth/register", { body: { email, password } }),
  );
  const { id } = await json<{ id: number }>(api("/auth/me", { token: tokens.access_token }));
  return { id, email, password, token: tokens.access_token, refreshToken: tokens.refresh_token };
}
