import { env } from "cloudflare:workers";
import { sign } from "hono/jwt";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { configOf } from "../../src/env";
import { newConversation, type WireTurn } from "../chat/harness";
import { pngWith, V1 } from "../interchange/card-files";
import { openWebUi } from "../interchange/chats";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import {
  ADMINISTRATORS,
  bodySchema,
  codeOf,
  linesExample,
  readContract,
  requiredQuery,
  type Operation,
} from "./openapi";

/**
 * OWASP API1 (object level), API2 (authentication) and API5 (function level authorisation), for every route there is:
 * the routes come from /openapi.json.
 */
const contract = await readContract();
const guarded = contract.operations.filter((operation) => operation.security.length > 0);

type Answer = { status: number; code?: string };
type Expectation = (operation: Operation, answer: Answer) => boolean;

const isRead = ({ method }: Operation) => method === "GET";
const isAccount = ({ path }: Operation) =>
  path.startsWith("/auth/") && !/\/(me|verify|me\/allowance)$/.test(path);
const isAdmin = ({ path }: Operation) => ADMINISTRATORS.test(path);
const hidden = ({ path }: Operation) =>
  /^\/(personas|imports|chat\/tags|chat\/shares|auth|safety|v1\/models)\//.test(path);
/** What a caller names by a name of their own: everybody has others. */
const isOwnName = ({ path }: Operation) => path.startsWith("/v1/ui/chat/");
const refused: Expectation = (_, { status }) => status === 401;
const accepted: Expectation = (_, { status, code }) => status < 300 && code === undefined;

/** Who calls, and what they must get. */
const EXPECTED: Record<string, Expectation> = {
  owner: accepted,
  "other user": (operation, { status, code }) =>
    isAdmin(operation)
      ? status === 403 && code === "missing_scope"
      : status === (hidden(operation) ? 404 : isOwnName(operation) ? 204 : 403),
  nobody: refused,
  "expired token": refused,
  "token of an ended session": refused,
  "refresh token as access token": refused,
  "token signed with another key": refused,
  "token without a signature": refused,
  "revoked API key": refused,
  "administrator's API key without the scope": (_, { status, code }) =>
    status === 403 && code === "missing_scope",
  "API key that may only read": (operation, answer) =>
    isRead(operation) && !isAccount(operation) && !isAdmin(operation)
      ? answer.status < 300
      : answer.status === 403 && answer.code === "missing_scope",
};

/** Something of the owner's behind each kind of id in a path; made anew for every call, since a call may delete it. */
async function resources(path: string): Promise<Record<string, unknown>> {
  const { token } = owner;
  if (path.includes("/api-keys/")) {
    const key = await json(api("/auth/api-keys", { token, body: { name: "resource", scopes: ["read"] } }));
    afterwards.push(() => api(`/auth/api-keys/${key.id as number}`, { token, method: "DELETE" }));
    return { "api-keys": key.id };
  }
  if (path.includes("/sessions/")) {
    const login = { email: owner.email, password: owner.password };
    await json(api("/auth/login", { body: login }));
    const sessions = await json<{ id: string; current: boolean }[]>(api("/auth/sessions", { token }));
    return { sessions: sessions.find((session) => !session.current)!.id };
  }
  if (path.includes("/users/")) return { users: (await newUser()).id };
  if (path.includes("/tags/")) {
    return { tags: (await json(api("/chat/tags", { token, body: { name: crypto.randomUUID() } }))).id };
  }
  if (path.includes("/invitations/")) {
    return { invitations: (await json(api("/admin/invitations", { token, body: {} }))).id };
  }
  if (/\/(?:events|appeals)\//.test(path)) return safetyResources(path);
  if (!path.includes("{")) return {};
  if (path.startsWith("/imports/")) {
    const text = JSON.stringify(openWebUi);
    return { imports: (await json(api("/imports", { token, method: "POST", text }))).id };
  }
  if (path.endsWith("/avatar")) {
    const text = pngWith({ chara: V1 }) as unknown as string;
    const made = await json<{ persona: { id: number } }>(
      api("/personas/import", { token, method: "POST", text }),
    );
    return { personas: made.persona.id };
  }
  const chat = await newConversation(owner);
  const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
  if (path.includes("/memory/{")) {
    const fact = { text: "I sing bass." };
    const { id } = await json(api(`/personas/${chat.personaId}/memory`, { token, body: fact }));
    return { personas: chat.personaId, memory: id };
  }
  if (path.endsWith("/report") || path.includes("/reports/")) {
    const report = api(`/chat/messages/${reply.id}/report`, { token, body: { reason: "other" } });
    return { messages: reply.id, reports: (await json(report, 201)).id };
  }
  if (path.includes("/shares/")) {
    const share = await json(api(`${chat.path}/shares`, { token, body: {} }));
    return { shares: share.id };
  }
  if (path.endsWith("/undo")) await json(api(`/chat/messages/${reply.id}`, { token, method: "DELETE" }));
  return {
    personas: chat.personaId,
    models: `alex-${chat.personaId}`,
    conversations: chat.id,
    messages: reply.id,
    turns: reply.turn_id,
    responses: `resp_${reply.id}`,
    chat: "a-chat-of-theirs",
  };
}

/** What was found of the owner, and their appeal: turns find it, which take too long here. */
async function safetyResources(path: string): Promise<Record<string, unknown>> {
  const id = `saf_${crypto.randomUUID()}`;
  const code = path.endsWith("/feedback") ? "concern" : "cut";
  await env.DB.prepare(
    `INSERT INTO safety_events (id, at_day, user_id, message_id, code, source, version, outcome, age_group)
     VALUES (?, '2026-01-01', ?, 0, ?, 'floor', 'floor-1', 'cut', 'unknown')`,
  )
    .bind(id, owner.id, code)
    .run();
  if (!path.includes("/appeals/")) return { events: id };
  const { token } = owner;
  const { appeal } = await json<{ appeal: { id: number } }>(
    api(`/safety/events/${id}/appeal`, { token, body: {} }),
  );
  return { appeals: appeal.id };
}

const afterwards: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of afterwards.splice(0)) await undo();
});

/** The path with an id of the owner's for each `{parameter}`, found by the word before it. */
const fill = (path: string, ids: Record<string, unknown>) =>
  path.replace(/([\w-]+)\/\{\w+\}/g, (_, kind: string) => {
    if (ids[kind] === undefined) throw new Error(`This test has nothing to put into ${path}`);
    return `${kind}/${ids[kind] as string}`;
  });

const example = (operation: Operation): unknown => {
  const schema = bodySchema(operation);
  return (
    schema &&
    Object.fromEntries(
      Object.entries(contract.resolve(schema).properties ?? {})
        .filter(([, field]) => field.example !== undefined)
        .map(([name, field]) => [name, field.example]),
    )
  );
};

let callers: Record<string, string | undefined>;
let owner: TestUser;

beforeAll(async () => {
  scriptUpstream(says("Hey."));
  owner = await newAdmin();
  const other = await newUser();
  const ended = await newUser();
  const { token } = owner;
  const newKey = (scopes: string[]) =>
    json<{ id: number; key: string }>(api("/auth/api-keys", { token, body: { name: "key", scopes } }));
  const revoked = await newKey(["chat"]);
  await json(api(`/auth/api-keys/${revoked.id}`, { token, method: "DELETE" }));
  await json(api("/auth/logout", { token: ended.token, body: {} }));
  const claims = JSON.parse(atob(token.split(".")[1]!)) as Record<string, unknown>;
  const { kid, secret } = configOf(env).SECRET_KEY[0];
  // With the server's own key name, so that nothing but what is meant to be wrong is wrong.
  const signed = (payload: object, text: string) =>
    sign(
      payload as never,
      { kty: "oct", k: Buffer.from(text).toString("base64url"), alg: "HS256", kid } as never,
      "HS256",
    );
  const past = Math.floor(Date.now() / 1000) - 10;
  callers = {
    owner: token,
    "other user": other.token,
    nobody: undefined,
    "expired token": await signed({ ...claims, iat: past - 60, exp: past }, secret),
    "token of an ended session": ended.token,
    "refresh token as access token": owner.refreshToken,
    "token signed with another key": await signed(claims, "x".repeat(40)),
    "token without a signature":
      `${btoa(`{"alg":"none","kid":"${kid}"}`)}.${token.split(".")[1]}.`.replaceAll("=", ""),
    "revoked API key": revoked.key,
    "administrator's API key without the scope": (await newKey(["chat"])).key,
    "API key that may only read": (await newKey(["read"])).key,
  };
});

describe.each(guarded.map((operation) => [operation.name, operation] as const))("%s", (_, operation) => {
  const withId = operation.path.includes("{");
  const everyone = Object.keys(EXPECTED).filter(
    (caller) =>
      (caller !== "other user" || withId || isAdmin(operation)) &&
      (caller !== "administrator's API key without the scope" || isAdmin(operation)),
  );

  it.each(everyone.filter((caller) => caller !== "owner"))("refuses what it must to: %s", async (caller) => {
    scriptUpstream(says("Hey."));
    const answer = await call(operation, caller, await resources(operation.path));
    expect.soft(EXPECTED[caller]!(operation, answer), `${caller} got ${JSON.stringify(answer)}`).toBe(true);
  });
});

describe("the owner", () => {
  it.each(guarded.filter(({ path }) => path.includes("{")).map((o) => [o.name, o] as const))(
    "is served by %s",
    async (_, operation) => {
      scriptUpstream(says("Hey."));
      const answer = await call(operation, "owner", await resources(operation.path));
      expect(EXPECTED.owner!(operation, answer), JSON.stringify(answer)).toBe(true);
    },
  );
});

async function call(operation: Operation, caller: string, ids: Record<string, unknown>): Promise<Answer> {
  const { method } = operation;
  const body = example(operation);
  const lines = linesExample(operation);
  const response = await api(`${fill(operation.path, ids)}${requiredQuery(operation)}`, {
    method,
    token: callers[caller],
    ...(body !== undefined && method !== "GET" && { body }),
    ...(lines !== undefined && { text: lines, headers: { "content-type": "application/x-ndjson" } }),
  });
  const text = await response.text();
  const code = response.ok ? undefined : codeOf(JSON.parse(text));
  return { status: response.status, ...(code !== undefined && { code }) };
}
