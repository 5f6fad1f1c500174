import { env } from "cloudflare:workers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { forgotPassword, resendVerification } from "../../src/identity/mail-tokens";
import { newConversation, readEvents, type WireTurn } from "../chat/harness";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { pngWith, V1 } from "../interchange/card-files";
import { openWebUi } from "../interchange/chats";
import {
  ADMINISTRATORS,
  bodySchema,
  linesExample,
  mismatch,
  readContract,
  type Operation,
  type Parameter,
} from "../security/openapi";
import { chunk, gate, says, scriptUpstream, type Script } from "../upstream";

/** What is tried; the same seed tries the same. */
const SEED = Number(process.env.CONTRACT_SEED ?? 20_261_124);
const RUNS = 6;
/** Of what hashes a password, a quarter of a second each, or uses up what it needs. */
const SLOW_RUNS = 2;
const SLOW = new Set(["registerUser", "login", "changePassword", "resetPassword"]);

const contract = await readContract();

/** Stands for what fits its place: the id of a thing that is there, the right password, else the documented example. */
const FITTING = Symbol("fitting");
type Values = Record<string, unknown>;
type Input = {
  /** Which of the user's conversations: the quiet one, or the one where a reply is being written. */
  busy: boolean;
  path: Values;
  query: Values;
  headers: Values;
  accept: string | undefined;
  /** A text that may be anything, fields, or nothing. */
  body: string | Values | undefined;
  type: string | undefined;
  caller: "owner" | "reader" | "nobody" | "liar";
  upstream: keyof typeof UPSTREAM;
};

const UPSTREAM = {
  answers: says("Hey", " there!"),
  refuses: { status: 401, type: "application/json", body: "{}" },
  limits: { status: 429, headers: { "retry-after": "1" }, type: "application/json", body: "{}" },
  fails: { status: 500, type: "application/json", body: "{}" },
  breaks: { steps: [{ text: "Hey" }, { fail: new Error("cut") }] },
} satisfies Record<string, Script>;

const texts = fc.constantFrom("0", "-1", "101", "1.5", "x", "9".repeat(20), "null", "turn_0", "a b");
const oddities = fc.oneof(fc.constantFrom(null, 0, -1, 1.5, "", true, [], {}), fc.string({ maxLength: 9 }));

/** Requests for an operation as its document describes them, and such as it rules out. */
function inputs(operation: Operation): fc.Arbitrary<Input> {
  const { parameters = [] } = operation;
  const parts = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  const value = ({ schema }: Parameter) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(FITTING) },
      { weight: 1, arbitrary: place(contract.valid(schema)) },
      { weight: 1, arbitrary: texts },
    );
  const fields = (place: Parameter["in"], required: boolean) =>
    fc.record(Object.fromEntries(parts(place).map((it) => [it.name, value(it)])), {
      ...(!required && { requiredKeys: [] }),
    }) as fc.Arbitrary<Values>;
  return fc.record({
    busy: fc.boolean(),
    path: fields("path", true),
    query: fields("query", false),
    headers: fields("header", false),
    accept: fc.constantFrom(undefined, "application/json", "text/event-stream", "*/*"),
    body: bodies(operation),
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constant(typeOf(operation)) },
      { weight: 1, arbitrary: fc.constantFrom("text/plain", "application/merge-patch+json", undefined) },
    ),
    caller: fc.oneof(
      { weight: 9, arbitrary: fc.constant("owner" as const) },
      { weight: 1, arbitrary: fc.constantFrom("reader", "nobody", "liar") },
    ),
    upstream: fc.oneof(
      { weight: 2, arbitrary: fc.constant("answers" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(UPSTREAM) as (keyof typeof UPSTREAM)[])) },
    ),
  });
}

/** A value that a path or a header can hold. */
const place = (values: fc.Arbitrary<unknown>) =>
  values.map((value) => String(value).replace(/[^\x21-\x7e]/g, "~") || "~");

/** A file that an operation takes. */
const FILES: Record<string, string> = {
  importPersona: JSON.stringify(V1),
  createImport: JSON.stringify(openWebUi),
};

/** What its body goes by. */
const typeOf = (operation: Operation) =>
  linesExample(operation) === undefined ? "application/json" : "application/x-ndjson";

function bodies(operation: Operation): fc.Arbitrary<Input["body"]> {
  const file = FILES[operation.operationId];
  if (file !== undefined) return fc.constantFrom(file, file, "", "{", "[]", "null", "PK", "\x89PNG");
  const lines = linesExample(operation);
  if (lines !== undefined)
    return fc.constantFrom(lines, `${lines}\n${lines}`, undefined, "", "{", "[]", "null");
  const schema = bodySchema(operation);
  if (!schema) return fc.constant(undefined);
  const { properties = {}, required = [] } = contract.resolve(schema);
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    fc.oneof(
      { weight: 8, arbitrary: fc.constant(FITTING) },
      { weight: 1, arbitrary: contract.valid(field) },
      { weight: 1, arbitrary: oddities },
    ),
  ]);
  const record = (requiredKeys: string[]) =>
    fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys });
  return fc.oneof(
    { weight: 8, arbitrary: record(required) },
    { weight: 1, arbitrary: record([]) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", "{", "[]", "null", '"x"') },
  );
}

/** The requests that a first reader of the document would make, in each conversation and for each kind of answer. */
const plain = (operation: Operation): Input[] =>
  (/\{(conversation|chat)_id\}/.test(operation.path) ? [false, true] : [false]).flatMap((busy) =>
    answersOf(operation).map(([accept, query]) => ({
      busy,
      path: Object.fromEntries(
        (operation.parameters ?? []).filter((it) => it.in === "path").map(({ name }) => [name, FITTING]),
      ),
      query,
      headers: {},
      accept,
      body: FILES[operation.operationId] ?? plainBody(operation),
      type: typeOf(operation),
      caller: "owner" as const,
      upstream: "answers" as const,
    })),
  );

/** What may be asked for: each type of answer, and each format. */
function answersOf({ responses, parameters = [] }: Operation): [accept: string, query: Values][] {
  const types = Object.keys((responses["200"] ?? responses["202"])?.content ?? {});
  const formats = parameters.find(({ name }) => name === "format")?.schema.enum ?? [];
  return [
    ...types.map((type): [string, Values] => [type, {}]),
    ...formats.map((format): [string, Values] => ["*/*", { format }]),
  ];
}

const plainBody = (operation: Operation) => {
  const lines = linesExample(operation);
  if (lines !== undefined) return lines;
  const schema = bodySchema(operation);
  const { properties = {} } = schema ? contract.resolve(schema) : {};
  const names = Object.keys(properties).filter((name) => name !== "stream");
  return schema && Object.fromEntries(names.map((name) => [name, FITTING]));
};

const SLOTS = { path: "path", query: "query", header: "headers" } as const;

/** A plain request with one thing changed: each parameter out of its bounds, each field null, missing, of another type. */
function changes(operation: Operation, one: Input): Input[] {
  const parameters = (operation.parameters ?? []).flatMap(({ name, in: at, schema }) => {
    const { minimum, maximum } = schema;
    const bounds = [minimum === undefined ? "x" : minimum - 1, maximum === undefined ? "" : maximum + 1];
    const slot = SLOTS[at];
    return bounds
      .filter((wrong) => wrong !== "")
      .map((wrong) => ({ ...one, [slot]: { ...one[slot], [name]: wrong } }));
  });
  const { body } = one;
  if (typeof body !== "object") return parameters;
  const schema = bodySchema(operation);
  const names = Object.keys((schema && contract.resolve(schema).properties) ?? {});
  const bodies = names.flatMap((name) =>
    [null, undefined, []].map((wrong) => ({ ...one, body: { ...body, [name]: wrong } })),
  );
  return [...parameters, ...bodies];
}

/** The one whom every operation for administrators is asked by. */
let admin: Promise<TestUser> | undefined;

/** A user with everything that the operation's path can name. */
async function newWorld(operation: Operation) {
  const isAdmin = ADMINISTRATORS.test(operation.path);
  const user = isAdmin ? await (admin ??= newAdmin()) : await newUser();
  const { token, email, password, refreshToken } = user;
  const key = (scopes: string[]) =>
    json<{ id: number; key: string }>(api("/auth/api-keys", { token, body: { name: "key", scopes } }));
  const [mine, reader, [session]] = await Promise.all([
    key(["chat"]),
    key(["read"]),
    json<{ id: string }[]>(api("/auth/sessions", { token })),
  ]);
  const { quiet, busy, finish } = await (/persona|conversation|message|\/v1\//.test(operation.name)
    ? talk(user)
    : NO_TALK);
  const found = { ...(await pictured(operation, token)), ...(await foundIn(operation, user)) };
  const shared: Values = {
    key_id: mine.id,
    session_id: session?.id,
    refresh_token: refreshToken,
    email,
    password,
    current_password: password,
    new_password: "password456",
    ...(await mailedToken(operation, email)),
    ...(await deletedAccount(operation)),
    ...(await broughtIn(operation, token)),
  };
  if (/[sS]hare/.test(operation.operationId) && operation.operationId !== "shareConversation") {
    upstreamPlays(UPSTREAM.answers);
    const { id } = await newConversation(user);
    await json(api(`/chat/conversations/${id}/send`, { token, body: { content: "Hi" } }));
    const share = await json(api(`/chat/conversations/${id}/shares`, { token, body: {} }));
    Object.assign(shared, { share_id: share.id, name: share.name });
  }
  if (/tag|Conversation/.test(operation.name + operation.operationId)) {
    const named = (kind: string) => json(api("/chat/tags", { token, body: { name: "Travels", kind } }));
    const [tag, folder] = [await named("tag"), await named("folder")];
    Object.assign(shared, { tag_id: tag.id, tag_ids: [tag.id], folder_id: folder.id });
  }
  if (isAdmin) {
    const invitation = await json(api("/admin/invitations", { token, body: {} }));
    Object.assign(shared, { user_id: (await newUser()).id, invitation_id: invitation.id });
  }
  return {
    token,
    reader: reader.key,
    finish,
    quiet: { ...shared, ...quiet, ...found },
    busy: { ...shared, ...busy, ...found },
  };
}

/** The code of a mail by which the operation could be done. */
async function mailedToken(operation: Operation, email: string): Promise<Values> {
  const issue = { resetPassword: forgotPassword, verifyEmail: resendVerification }[operation.operationId];
  return issue ? { token: (await issue(openDatabase(env.DB), email))?.token } : {};
}

/** A file that was brought in. */
async function broughtIn({ path }: Operation, token: string): Promise<Values> {
  if (!path.includes("{import_id}")) return {};
  const { id } = await json(api("/imports", { token, method: "POST", text: JSON.stringify(openWebUi) }));
  return { import_id: id };
}

/** What safety has found of a user: turns find it, which take too long here. And what they say of it, or of a message. */
async function foundIn({ path, operationId }: Operation, user: TestUser): Promise<Values> {
  const { token } = user;
  if (/\/reports\/\{/.test(path) || operationId === "getMessageReport") {
    upstreamPlays(UPSTREAM.answers);
    const { assistant_message: reply } = await json<WireTurn>((await newConversation(user)).send("Hi"));
    const report = api(`/chat/messages/${reply.id}/report`, { token, body: { reason: "other" } });
    return { report_id: (await json(report, 201)).id, message_id: reply.id };
  }
  if (!/\{(?:event|appeal)_id\}/.test(path)) return {};
  const event_id = `saf_${crypto.randomUUID()}`;
  await env.DB.prepare(
    `INSERT INTO safety_events (id, at_day, user_id, message_id, code, source, version, outcome, age_group)
     VALUES (?, '2026-01-01', ?, 0, ?, 'floor', 'floor-1', 'cut', 'unknown')`,
  )
    .bind(event_id, user.id, path.endsWith("/feedback") ? "concern" : "cut")
    .run();
  if (!path.includes("{appeal_id}")) return { event_id };
  const { appeal } = await json<{ appeal: { id: number } }>(
    api(`/safety/events/${event_id}/appeal`, { token, body: {} }),
  );
  return { appeal_id: appeal.id };
}

/** A persona with a picture. */
async function pictured({ path }: Operation, token: string): Promise<Values> {
  if (!path.endsWith("/avatar")) return {};
  const text = pngWith({ chara: V1 }) as unknown as string;
  const { persona } = await json<{ persona: { id: number } }>(
    api("/personas/import", { token, method: "POST", text }),
  );
  return { persona_id: persona.id };
}

/** The receipt of somebody who has left. */
async function deletedAccount({ operationId }: Operation): Promise<Values> {
  if (operationId !== "getDeletion") return {};
  const { token, password } = await newUser();
  const { receipt } = await json(api("/auth/me", { token, method: "DELETE", body: { password } }));
  return { receipt };
}

const NO_TALK = { quiet: {} as Values, busy: {} as Values, finish: async () => {} };

/** A conversation with a finished turn, and one where a turn is running until it may finish. */
async function talk(user: TestUser): Promise<typeof NO_TALK> {
  upstreamPlays(UPSTREAM.answers);
  const chat = await newConversation(user);
  const { user_message, assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
  const { token } = user;
  const other_words = await json<{ user_message: { id: number } }>(
    api(`${chat.path}/messages/${user_message.id}/edit`, { token, body: { content: "Hello" } }),
  );
  await json(api(`/chat/messages/${other_words.user_message.id}?subtree=true`, { token, method: "DELETE" }));
  const door = gate();
  upstreamPlays({ steps: [{ text: "Well" }, { wait: door }, { chunk: chunk({}, "stop") }] });
  const other = await newConversation(user);
  const running = await other.stream("Hi");
  const { turn_id, user_message_id: question } = await json(
    api(`${other.path}/turns/current`, { token: user.token }),
  );
  const named = env.DB.prepare("UPDATE conversations SET external_id = 'busy' WHERE id = ?").bind(other.id);
  await named.run();
  const persona_id = chat.personaId;
  const { id: fact_id } = await json(
    api(`/personas/${persona_id}/memory`, { token, body: { text: "I sing bass." } }),
  );
  const model = `alex-${persona_id}`;
  const { id: message_id, turn_id: finished } = reply;
  return {
    quiet: {
      persona_id,
      fact_id,
      model,
      conversation_id: chat.id,
      message_id,
      turn_id: finished,
      response_id: `resp_${message_id}`,
      before: user_message.id,
    },
    busy: {
      persona_id,
      fact_id,
      model,
      conversation_id: other.id,
      message_id: question,
      turn_id,
      response_id: String(turn_id).replace("turn", "resp"),
      chat_id: "busy",
      before: question,
    },
    async finish() {
      door.open = true;
      if (!running.bodyUsed) await running.text();
    },
  };
}

type World = Awaited<ReturnType<typeof newWorld>>;

/** After these the user's world is another. */
const SPENDS = /^(delete|forget|undo|end|revoke|stop|logout|change|refresh|reset|verifyEmail)/;
/** What the one scripted upstream of all these requests does next. */
const script: Script = {};
const upstreamPlays = (next: Script) => {
  for (const part of Object.keys(script)) delete script[part as keyof Script];
  Object.assign(script, next);
};
let world: World;

beforeAll(() => {
  // Nothing goes out, whoever asks whether the language model is there.
  vi.stubGlobal("fetch", async () => Response.json({ data: [] }));
});

afterAll(() => vi.unstubAllGlobals());

/** Gives the operation a world where nothing is used up. */
async function renew(operation: Operation) {
  await world?.finish();
  world = await newWorld(operation);
}

/** What fits a place of this name. */
function fitting(operation: Operation, name: string, { busy }: Input): unknown {
  const known = busy ? world.busy : world.quiet;
  if (operation.operationId === "registerUser") {
    if (name === "email") return `new-${crypto.randomUUID()}@example.com`;
    if (name === "username") return `new-${crypto.randomUUID()}`;
  }
  if (operation.operationId === "login" && name === "username") return known.email;
  if (name in known) return known[name];
  const schema = bodySchema(operation);
  const field =
    operation.parameters?.find((parameter) => parameter.name === name)?.schema ??
    (schema && contract.resolve(schema).properties?.[name]);
  if (field && "example" in field) return field.example;
  return field?.default ?? true;
}

/** The input with everything filled in. */
function filled(operation: Operation, input: Input): Input {
  const fill = (values: Values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, it]) => [
        name,
        it === FITTING ? fitting(operation, name, input) : it,
      ]),
    );
  const { path, query, headers, body } = input;
  return {
    ...input,
    path: fill(path),
    query: fill(query),
    headers: fill(headers),
    body: typeof body === "object" ? fill(body) : body,
  };
}

/** Why the document rules this request out, or null. */
function breach(operation: Operation, input: Input): string | null {
  for (const { name, in: at, schema } of operation.parameters ?? []) {
    const given = { path: input.path, query: input.query, header: input.headers }[at][name];
    if (given === undefined) continue;
    const text = typeof given === "string" ? given : JSON.stringify(given);
    const value = schema.type === "integer" && /^-?\d+$/.test(text) ? Number(text) : text;
    const wrong = mismatch(contract.strict(schema, { open: true }), value);
    if (wrong) return `${at} ${name} ${wrong}`;
  }
  const schema = bodySchema(operation);
  if (!schema || (input.body === undefined && !operation.requestBody?.required)) return null;
  if (input.body === "" && !operation.requestBody?.required) return null;
  try {
    const text = typeof input.body === "object" ? JSON.stringify(input.body) : (input.body ?? "");
    return mismatch(contract.strict(schema, { open: true }), JSON.parse(text));
  } catch {
    return "body is no JSON";
  }
}

async function ask(operation: Operation, input: Input): Promise<Response> {
  upstreamPlays(UPSTREAM[input.upstream]);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input.path[name])),
  );
  const query = new URLSearchParams(Object.entries(input.query).map(([name, it]) => [name, String(it)]));
  const text = typeof input.body === "object" ? JSON.stringify(input.body) : input.body;
  const token = { owner: world.token, reader: world.reader, nobody: undefined, liar: "x.y.z" }[input.caller];
  return api(`${path}?${query}`, {
    method: operation.method,
    token,
    headers: {
      // Another address each time: nobody is locked out for the wrong passwords of the requests before.
      "cf-connecting-ip": `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}::1`,
      ...(input.accept !== undefined && { accept: input.accept }),
      ...(input.type !== undefined && text !== undefined && { "content-type": input.type }),
      ...Object.fromEntries(Object.entries(input.headers).map(([name, it]) => [name, String(it)])),
    },
    ...(text !== undefined && { text }),
  });
}

const mediaType = (response: Response) => response.headers.get("content-type")?.split(";")[0] ?? "";

/** Holds an event stream against the words that describe it: one opening, then text, then one end that says how it went. */
async function expectEvents(operation: Operation, response: Response) {
  if (operation.path.startsWith("/v1/")) return expectData(operation, await response.text());
  const events = await readEvents(response);
  if (operation.operationId === "followImport") {
    expect(events.map(({ event }) => event)).toEqual(["done"]);
    const { content } = contract.operations.find((it) => it.operationId === "getImport")!.responses["200"]!;
    return expect(
      mismatch(contract.strict(content!["application/json"]!.schema), events[0]!.data),
    ).toBeNull();
  }
  const whole = operation.responses["200"]!.content!["application/json"]?.schema;
  const failure = operation.responses["502"]?.content!["application/json"]!.schema;
  const names = events.map(({ event }) => event);
  expect(names.join(" ")).toMatch(/^(turn\.started )?(delta )*turn\.(completed|stopped|interrupted|failed)$/);
  const { event, data } = events.at(-1)!;
  const schema = event === "turn.failed" ? failure : whole;
  const body = event === "turn.failed" ? { request_id: "", ...data } : data;
  if (schema) expect(mismatch(contract.strict(schema), body)).toBeNull();
}

/** In the streams of other clients each event is data, and the last one says that it was all or what went wrong. */
function expectData(operation: Operation, text: string) {
  const media = operation.responses["200"]!.content!["text/event-stream"]!;
  const data = text.match(/(?<=^data: ).*/gm) ?? [];
  expect(data.at(-1)).toMatch(/^(\[DONE\]|\{"error":|\{"type":"response\.(completed|incomplete|failed)")/);
  for (const each of data.filter((it) => !/^(\[DONE\]|\{"error":)/.test(it))) {
    expect(mismatch(contract.strict(media["x-event-schema"]!), JSON.parse(each)), each).toBeNull();
  }
}

async function hold(operation: Operation, template: Input): Promise<string> {
  const input = filled(operation, template);
  const response = await ask(operation, input);
  const type = mediaType(response);
  const { status } = response;
  if (type === "text/event-stream") {
    await world.finish();
    expect(operation.responses[status]!.content).toHaveProperty([type]);
    await expectEvents(operation, response);
  } else {
    const text = await response.text();
    const body: unknown = type === "application/json" ? JSON.parse(text) : text;
    expect(contract.complaint(operation, status, type, body), text).toBeNull();
  }
  const wrong = breach(operation, input);
  if (wrong) expect(status, `accepted although ${wrong}`).toBeGreaterThanOrEqual(400);
  if (response.ok) expectWhatWasAsked(operation, input, type);
  if (type === "text/event-stream" || (response.ok && SPENDS.test(operation.operationId)))
    await renew(operation);
  return `${status} ${type}`;
}

/** A turn is answered as JSON or as its events, by what was asked. */
function expectWhatWasAsked({ operationId }: Operation, { body, accept }: Input, type: string) {
  if (!["sendMessage", "regenerateReply"].includes(operationId)) return;
  const { stream } = typeof body === "object" ? body : {};
  const events = stream ?? accept === "text/event-stream";
  expect(type).toBe(events ? "text/event-stream" : "application/json");
}

/** Answers of another configuration than that of the tests. */
const ELSEWHERE: Record<string, string> = { registerUser: "202" };

/** Of several kinds of pictures one is there. */
const isShown = (type: string) => !type.startsWith("image/") || type === "image/png";

const promised = ({ operationId, responses }: Operation) =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith("2") && status !== ELSEWHERE[operationId])
    .flatMap(([status, { content }]) =>
      Object.keys(content ?? { "": null })
        .filter(isShown)
        .map((type) => `${status} ${type}`),
    );

describe(`requests made from the document, and from its breach (CONTRACT_SEED=${SEED})`, () => {
  it.each(contract.operations.map((operation) => [operation.operationId, operation] as const))(
    "%s answers what the document says, and refuses what it rules out",
    async (name, operation) => {
      scriptUpstream(script);
      await renew(operation);
      const seen = new Set<string>();
      const property = fc.asyncProperty(inputs(operation), async (input) => {
        seen.add(await hold(operation, input));
      });
      const sound = plain(operation);
      const changed = sound.slice(0, 1).flatMap((input) => changes(operation, input));
      const examples = [...sound, ...changed].map((input): [Input] => [input]);
      const numRuns = (SLOW.has(name) || SPENDS.test(name) ? SLOW_RUNS : RUNS) + examples.length;
      await fc.assert(property, { seed: SEED, numRuns, examples, endOnFailure: true });
      await world.finish();
      expect([...seen]).toEqual(expect.arrayContaining(promised(operation)));
    },
  );
});
