import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { bombOf, lyingPng, V3, zipOf } from "../interchange/card-files.ts";
import { chatGpt, cyclic } from "../interchange/chats.ts";
import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { reply, startUpstream, type Upstream } from "./upstream.ts";

/** OWASP API2 (authentication), API4 (resource consumption) and API6 (sensitive flows), over real sockets. */
const SECRET_KEY = "a-secret-for-live-tests-only-0123456789";
/** What one reply may reserve of an allowance, prompt and answer together, at most. */
const DAILY_TOKENS = 4000;

let upstream: Upstream;
let server: Server;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer({
    vars: {
      SECRET_KEY,
      OPENAI_API_KEY: "sk-live-test",
      OPENAI_BASE_URL: upstream.url,
      RATE_LIMITS: "off",
      DAILY_TOKEN_ALLOWANCE: String(DAILY_TOKENS),
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

type Tokens = { access_token: string; refresh_token: string };
type Talk = Awaited<ReturnType<typeof newConversation>>;

const askForStory = ({ url, token }: Talk) =>
  openStream(`${url}/send`, { token, body: { content: "A story, please." } });

/** A reply that has begun and goes on when it is let on. */
async function running(talk: Talk, ask = askForStory) {
  const gate = Promise.withResolvers<void>();
  upstream.next([{ text: "Once upon" }, { until: gate.promise }, ...reply(" a time.")]);
  const stream = await ask(talk);
  const first = await stream.events.next();
  const { turn_id } = JSON.parse(first.value!.data) as { turn_id: string };
  return {
    ...stream,
    letOn: () => gate.resolve(),
    events: stream.events,
    turn: `${talk.url}/turns/${turn_id}`,
  };
}

const status = (url: string, token: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    },
  );

describe("at the same time", () => {
  test("registering one address twice makes one user", async () => {
    const body = JSON.stringify({ email: `twin-${Date.now()}@example.com`, password: "password123" });
    const headers = { "content-type": "application/json" };
    const answers = await Promise.all(
      [1, 2].map(() => fetch(`${server.url}/auth/register`, { method: "POST", headers, body })),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 400]);
    const refused = answers.find((answer) => answer.status === 400)!;
    expect(await refused.json()).toMatchObject({ detail: "Email already registered" });
  });

  test("refreshing twice locks nobody out", async () => {
    const credentials = { email: `tabs-${Date.now()}@example.com`, password: "password123" };
    const first = await api<Tokens>(`${server.url}/auth/register`, { body: credentials });
    const refresh = (token: string) =>
      api<Tokens>(`${server.url}/auth/refresh`, { body: { refresh_token: token } });
    const [one, other] = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token)]);
    await refresh(one.refresh_token);
    await refresh(other.refresh_token);
  });

  test("logging in while the password is changed leaves nobody signed in by the old one", async () => {
    const credentials = { email: `change-${Date.now()}@example.com`, password: "password123" };
    const { access_token: token } = await api<Tokens>(`${server.url}/auth/register`, { body: credentials });
    const post = (path: string, body: object, headers = {}) =>
      fetch(`${server.url}/auth/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      });
    const change = { current_password: credentials.password, new_password: "another password" };
    // A crowd of logins may leave it no time; then nothing was done, and it is asked again.
    const changing = async (): Promise<Response> => {
      const answer = await post("change-password", change, { authorization: `Bearer ${token}` });
      return answer.status === 503 ? changing() : answer;
    };
    const [changed, ...logins] = await Promise.all([
      changing(),
      ...Array.from({ length: 12 }, async (_, i) => {
        await sleep(i * 100);
        return post("login", credentials);
      }),
    ]);
    expect(changed.status).toBe(200);
    for (const login of logins) {
      const body = (await login.json()) as Partial<Tokens>;
      if (body.access_token) expect(await status(`${server.url}/auth/me`, body.access_token)).toBe(401);
    }
    expect(await status(`${server.url}/auth/me`, token)).toBe(200);
  });

  test("ten sends at the edge of an allowance stay within what they reserve", async () => {
    const talks = [await newConversation(server.url)];
    for (let i = 1; i < 10; i++) {
      const { id } = await api<{ id: number }>(`${server.url}/chat/conversations`, {
        token: talks[0]!.token,
        body: { title: `Talk ${i}`, persona_id: await personaOf(talks[0]!) },
      });
      talks.push({ ...talks[0]!, id, url: `${server.url}/chat/conversations/${id}` });
    }
    upstream.always(() =>
      reply("Fine.", { usage: { prompt_tokens: 900, completion_tokens: 300, total_tokens: 1200 } }),
    );
    const statuses = await Promise.all(
      talks.map((talk) =>
        status(`${talk.url}/send`, talk.token, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ content: "Hi" }),
        }),
      ),
    );
    const served = statuses.filter((code) => code === 200).length;
    expect(statuses.filter((code) => code !== 200 && code !== 429)).toEqual([]);
    expect(served).toBeGreaterThan(0);
    expect(served * 1200).toBeLessThanOrEqual(DAILY_TOKENS);
  });

  test("deleting the account ends the reply that is streaming, and leaves nothing of it", async () => {
    const talk = await newConversation(server.url);
    const turn = await running(talk);
    const receipt = await api(`${server.url}/auth/me`, {
      method: "DELETE",
      token: talk.token,
      body: { password: talk.password },
    });
    expect(JSON.stringify(receipt)).toMatch(/"conversations":1/);
    const rest: string[] = [];
    for await (const { event } of turn.events) rest.push(event!);
    expect(rest.at(-1)).toBe("turn.failed");
    turn.letOn();
    await sleep(300);
    expect(await status(talk.url, talk.token)).toBe(401);
    const again = await api<Tokens>(`${server.url}/auth/register`, {
      body: { email: talk.email, password: talk.password },
    });
    expect(await status(talk.url, again.access_token)).toBe(404);
  });
});

const personaOf = async (talk: Talk) =>
  (await api<{ persona_id: number }>(talk.url, { token: talk.token })).persona_id;

describe("a stream", () => {
  test("opened and dropped again and again costs the turn nothing", async () => {
    const talk = await newConversation(server.url);
    const turn = await running(talk);
    for (let i = 0; i < 100; i++) {
      const reader = await openStream(`${turn.turn}/events`, { token: talk.token });
      reader.cut();
    }
    turn.letOn();
    const rest: string[] = [];
    for await (const { event } of turn.events) rest.push(event!);
    expect(rest.at(-1)).toBe("turn.completed");
  });

  test("is not opened more often than a person has devices", async () => {
    const talk = await newConversation(server.url);
    const turn = await running(talk);
    const readers = await Promise.all(
      Array.from({ length: 80 }, () => openStream(`${turn.turn}/events`, { token: talk.token })),
    );
    const codes = readers.map(({ response }) => response.statusCode);
    expect(codes.filter((code) => code === 429).length).toBeGreaterThan(0);
    expect(codes.filter((code) => code === 200).length).toBeGreaterThan(50);
    turn.letOn();
    for (const reader of readers) reader.cut();
    for await (const { event } of turn.events) if (event === "turn.completed") return;
    throw new Error("The turn did not complete.");
  });

  test("of somebody else is forbidden, whatever event it asks for", async () => {
    const [talk, stranger] = [await newConversation(server.url), await newConversation(server.url)];
    const turn = await running(talk);
    for (const after of ["0", "1", "999"]) {
      const headers = { "last-event-id": after };
      expect(await status(`${turn.turn}/events`, stranger.token, { headers })).toBe(403);
    }
    const mine = turn.turn.replace(`/${talk.id}/`, `/${stranger.id}/`);
    expect(await status(`${mine}/events`, stranger.token)).toBe(404);
    turn.letOn();
    turn.cut();
  });

  test("outlives the token it was opened with; the next request does not", async () => {
    const talk = await newConversation(server.url);
    const brief = { ...talk };
    const turn = await running(brief, async () => {
      // As brief as the machine is fast enough for.
      for (let seconds = 2; ; seconds *= 2) {
        brief.token = reSigned(talk.token, seconds);
        const stream = await askForStory(brief);
        if (stream.response.statusCode !== 401) return stream;
      }
    });
    while ((await status(talk.url, brief.token)) !== 401) await sleep(100);
    turn.letOn();
    const rest: string[] = [];
    for await (const { event } of turn.events) rest.push(event!);
    expect(rest.at(-1)).toBe("turn.completed");
    expect(await status(`${turn.turn}/events`, brief.token)).toBe(401);
    expect(await status(`${turn.turn}/events`, talk.token)).toBe(200);
  });

  test("cannot be made to hold an event that the model or the user wrote", async () => {
    const talk = await newConversation(server.url);
    const forged = "x\r\n\r\nid: 99\r\nevent: turn.completed\r\ndata: {}\r\n\r\n\u2028y\ry\nz";
    upstream.next(reply(forged));
    const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: forged } });
    const events: [string, string][] = [];
    let text = "";
    for await (const { id, event, data } of stream.events) {
      events.push([id!, event!]);
      if (event === "delta") text += (JSON.parse(data) as { text: string }).text;
    }
    expect(text).toBe(forged);
    expect(events.map(([id]) => id)).toEqual(events.map((_, i) => String(i + 1)));
    expect(events.filter(([, event]) => event === "turn.completed")).toHaveLength(1);
  });
});

/** The same claims, signed with the server's key, to expire in so many seconds. */
function reSigned(token: string, seconds: number): string {
  const [header, payload] = token.split(".") as [string, string];
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const body = `${header}.${Buffer.from(JSON.stringify({ ...claims, exp })).toString("base64url")}`;
  return `${body}.${createHmac("sha256", SECRET_KEY).update(body).digest("base64url")}`;
}

describe("a file that means harm", () => {
  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const toolCall = `{"author":{"role":"tool"},"content":${deep(200_000)}}`;
  const chats: [string, string | Uint8Array, number][] = [
    ["a bomb", bombOf("conversations.json", 100_000_000), 422],
    ["a path that leads out of its archive", zipOf({ "../conversations.json": "[]" }), 422],
    ["a line of ten megabytes", `{"mes":"${"x".repeat(10_000_000)}"}\n`, 413],
    ["a circle in a mapping", JSON.stringify([cyclic]), 422],
    ["brackets without an end", "[".repeat(2_000_000), 422],
    ["half an archive", zipOf({ "conversations.json": "[]" }).subarray(0, 50), 422],
  ];
  const cards: [string, string | Uint8Array, number][] = [
    ["a bomb", bombOf("card.json", 100_000_000), 413],
    ["a picture with a length that lies", lyingPng(), 422],
    ["brackets without an end", "[".repeat(900_000), 422],
    ["more nested than anything is", `{"data":{"name":${deep(400_000)}}}`, 422],
  ];
  let talk: Talk;
  beforeAll(async () => {
    talk = await newConversation(server.url);
  });
  const send = async (path: string, body: string | Uint8Array) => {
    const answer = await fetch(server.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${talk.token}`, "content-type": "application/octet-stream" },
      body: body as string,
    });
    return {
      status: answer.status,
      body: (await answer.json()) as { code?: string; [field: string]: unknown },
    };
  };
  const held = () =>
    Promise.all(
      ["/chat/conversations", "/personas", "/imports"].map((path) =>
        api<unknown[]>(server.url + path, { token: talk.token }),
      ),
    );

  test.for([
    ...chats.map((one) => ["chats", "/imports", ...one] as const),
    ...cards.map((one) => ["a card", "/personas/import", ...one] as const),
  ])("%s in %s: %s is refused clearly, and leaves nothing", async ([, path, , file, expected]) => {
    const before = await held();
    const { status: answered, body } = await send(path, file);
    expect(answered, JSON.stringify(body)).toBe(expected);
    expect(body.code).toMatch(/^(?:file_invalid|payload_too_large)$/);
    expect(await held()).toEqual(before);
  });

  test("that is half sent leaves nothing, and nobody waits for the rest", async () => {
    const before = await held();
    const gone = new AbortController();
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(new Uint8Array(1_000_000).fill(32));
        await sleep(20);
      },
    });
    setTimeout(() => gone.abort(), 300);
    const init = { method: "POST", body, duplex: "half", signal: gone.signal } as RequestInit;
    await expect(
      fetch(`${server.url}/imports`, { ...init, headers: { authorization: `Bearer ${talk.token}` } }),
    ).rejects.toThrow();
    await expect.poll(held, { timeout: 20_000 }).toEqual(before);
  });

  test("comes in as far as it can, with its HTML as text, whatever a tool has said", async () => {
    const said = chatGpt(
      "h",
      [{ id: "u", parent: "root", role: "user", text: "<script>alert(1)</script>" }],
      {
        title: "<img src=x onerror=alert(1)>",
      },
    );
    const text = JSON.stringify(said).replace(
      '"mapping":{',
      `"mapping":{"deep":{"parent":"u","message":${toolCall}},`,
    );
    const { status: answered, body } = await send("/imports", `[${text}]`);
    expect(answered, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ state: "done", counts: { imported: 1 } });
    const all = await api<{ id: number; title: string }[]>(`${server.url}/chat/conversations`, {
      token: talk.token,
    });
    const chat = all.find(({ title }) => title === "<img src=x onerror=alert(1)>");
    expect(chat, JSON.stringify(all)).toBeDefined();
    const card = { ...V3, data: { ...V3.data, name: "<b>Odile</b>" } };
    expect(await send("/personas/import", JSON.stringify(card))).toMatchObject({
      status: 200,
      body: { persona: { name: "<b>Odile</b>" } },
    });
    const link = await api<{ path: string }>(`${server.url}/chat/conversations/${chat!.id}/shares`, {
      token: talk.token,
      body: { title: "<b>bold</b>" },
    });
    const page = await (await fetch(server.url + link.path)).text();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toMatch(/<(?:script|img|b)\b/);
  });
});
