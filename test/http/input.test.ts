import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { ConversationParams } from "../../src/routes/conversations";
import { SendSchema, TurnHeaders } from "../../src/routes/messages";
import { RequestSchema } from "../../src/routes/v1/completions";
import { newConversation } from "../chat/harness";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";

const raw = (path: string, token: string, body: BodyInit, type: string | null = "application/json") =>
  app.request(
    path,
    {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, ...(type !== null && { "content-type": type }) },
    },
    env,
  );

describe("a body that cannot be read", () => {
  it.each(["{", "", "{'title': 1}", '{"title":"x"', "\u0000"])(
    "%j is refused as malformed JSON",
    async (body) => {
      const chat = await newConversation();
      const answer = await json(raw("/chat/conversations", chat.token, body), 400);
      expect(answer).toMatchObject({ code: "malformed_json" });
    },
  );

  it.each(["text/plain", "text/x+json", "application/json;", "application/x-www-form-urlencoded"])(
    "is refused as %s",
    async (type) => {
      const chat = await newConversation();
      const answer = await json(raw("/chat/conversations", chat.token, '{"title":"x"}', type), 415);
      expect(answer).toMatchObject({ code: "unsupported_media_type" });
    },
  );

  it.each(["null", "[]", '"text"', "42", "{}"])(
    "%s is refused as not being the documented object",
    async (body) => {
      const chat = await newConversation();
      const answer = await json(raw("/chat/conversations", chat.token, body), 422);
      expect(answer).toMatchObject({
        code: "validation_failed",
        detail: expect.stringContaining("body") as string,
      });
    },
  );

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", null])(
    "of type %s is refused with 415",
    async (type) => {
      const chat = await newConversation();
      const bytes = new TextEncoder().encode('{"content":"Hi"}');
      const answer = await json(raw(`${chat.path}/send`, chat.token, bytes, type), 415);
      expect(answer).toMatchObject({ code: "unsupported_media_type" });
      expect(await chat.history()).toEqual([]);
    },
  );

  it("of more than a megabyte is refused with 413, announced or not", async () => {
    const chat = await newConversation();
    const large = JSON.stringify({ content: "x".repeat(1_000_001) });
    expect(await json(raw(`${chat.path}/send`, chat.token, large), 413)).toMatchObject({
      code: "payload_too_large",
    });
    const unannounced = new Response(large).body!;
    expect((await raw(`${chat.path}/send`, chat.token, unannounced)).status).toBe(413);
    expect(await chat.history()).toEqual([]);
  });

  it("is not looked at before it is known who asks", async () => {
    for (const body of ["{", "x".repeat(1_000_001)]) {
      const answer = await json(raw("/chat/conversations", "no.valid.token", body, "text/plain"), 401);
      expect(answer).toMatchObject({ code: "unauthenticated", detail: "Could not validate credentials" });
    }
  });
});

describe("text", () => {
  const bad = [
    "",
    "   ",
    "\n\t",
    "\ud800",
    "a\udc00b",
    "nul\u0000",
    "bell\u0007",
    "\u009bcsi",
    7,
    null,
    true,
    ["x"],
    {},
  ];

  it.each(bad)("%j is refused as a title and as a message, and changes nothing", async (text) => {
    const chat = await newConversation();
    const { token } = chat;
    const title = await json(api(chat.path, { token, method: "PUT", body: { title: text } }), 422);
    expect(title).toMatchObject({ code: "validation_failed", errors: [{ path: "body.title" }] });
    const message = await json(api(`${chat.path}/send`, { token, body: { content: text } }), 422);
    expect(message).toMatchObject({ code: "validation_failed", errors: [{ path: "body.content" }] });
    expect(await json(api(chat.path, { token }))).toMatchObject({
      title: "First Chat with Alex",
      message_count: 0,
    });
  });

  it("may be as long as documented, counted in characters, and not longer", async () => {
    scriptUpstream(says("Long."));
    const chat = await newConversation();
    const { token } = chat;
    const emoji = "👋";
    await json(api(chat.path, { token, method: "PUT", body: { title: emoji.repeat(255) } }));
    await json(api(chat.path, { token, method: "PUT", body: { title: emoji.repeat(256) } }), 422);
    await json(chat.send(emoji.repeat(4000)));
    const refused = await json(chat.send("x".repeat(4001)), 422);
    expect(refused.detail).toBe("body.content: must have at most 4000 characters");
    expect(await chat.history()).toHaveLength(2);
  });

  it("keeps its line breaks, is trimmed, and may be in any script", async () => {
    scriptUpstream(says("好。"));
    const chat = await newConversation();
    const turn = await json<{ user_message: { content: string } }>(
      chat.send("  Zeile 1\nسطر\t2 \u{1F600}\n "),
    );
    expect(turn.user_message.content).toBe("Zeile 1\nسطر\t2 \u{1F600}");
  });

  it("may be limited by MESSAGE_MAX_CHARACTERS", async () => {
    const chat = await newConversation();
    const answer = await app.request(
      `${chat.path}/send`,
      {
        method: "POST",
        body: JSON.stringify({ content: "eleven char" }),
        headers: { authorization: `Bearer ${chat.token}`, "content-type": "application/json" },
      },
      { ...env, MESSAGE_MAX_CHARACTERS: "10" },
    );
    expect(await json(answer, 422)).toMatchObject({
      detail: "body.content: must have at most 10 characters",
    });
  });
});

describe("an id", () => {
  const bad = [
    "abc",
    "1.5",
    "-1",
    "0",
    "1e3",
    "0x10",
    "9".repeat(17),
    "9007199254740993",
    "%20",
    "1;DROP",
    "NaN",
  ];

  it.each(bad)("%s is refused in a path, in a query and in a body", async (id) => {
    const chat = await newConversation();
    const { token } = chat;
    for (const path of [
      `/chat/conversations/${id}`,
      `/chat/messages/${id}`,
      `/chat/conversations?persona_id=${id}`,
    ]) {
      expect(await json(api(path, { token }), 422)).toMatchObject({ code: "validation_failed" });
    }
    await json(api("/chat/conversations", { token, body: { title: "Hi", persona_id: id } }), 422);
  });

  it("must be a whole number in JSON too", async () => {
    const chat = await newConversation();
    for (const persona_id of [1.5, -1, 0, 1e300, "1", null]) {
      await json(api("/chat/conversations", { token: chat.token, body: { title: "Hi", persona_id } }), 422);
    }
  });
});

describe("an idempotency key", () => {
  it.each(["with space", "ü", "x".repeat(256)])("%j is refused", async (key) => {
    const chat = await newConversation();
    const headers = { "idempotency-key": key };
    await json(chat.send("Hi", headers), 422);
    expect(await chat.history()).toEqual([]);
  });
});

describe("a field of nearly a megabyte", () => {
  const long = "\u0001".repeat(150_000) + "x".repeat(50_000);
  it.each([
    ["/auth/register", "email", { email: long, password: "password123" }],
    ["/auth/register", "username", { email: "a@example.com", username: long, password: "password123" }],
    ["/auth/register", "full_name", { email: "a@example.com", full_name: long, password: "password123" }],
    ["/auth/register", "password", { email: "a@example.com", password: `\ud800${long}` }],
    ["/auth/login", "email", { email: long, password: "password123" }],
    ["/auth/login", "username", { username: long, password: "password123" }],
    ["/auth/login", "password", { username: "a", password: `\ud800${long}` }],
    ["/auth/change-password", "current_password", { current_password: `\ud800${long}`, new_password: "x" }],
    ["/auth/change-password", "new_password", { current_password: "x", new_password: `\ud800${long}` }],
  ])("is refused by %s for its length alone, and nothing else looks at its %s", async (path, field, body) => {
    const { token } = await newConversation();
    const answer = await json<{ errors: { path: string; message: string }[] }>(
      api(path, { token, body }),
      422,
    );
    const about = answer.errors.filter(({ path }) => path.endsWith(field));
    expect(about.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^must have at most \d+ characters$/),
    ]);
  });
});

describe("what is taken at once, without a schema's look at it", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("Hi", " Hi", "a\u0000b", "\ud800", "1\n2", "", "18", "018"),
  );
  const any = fc.oneof(
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(0, 1, 300, [], {}),
  );
  const message = fc.record(
    {
      role: fc.oneof(fc.constantFrom("user", "assistant", "tool"), any),
      content: any,
      refusal: any,
      name: any,
    },
    { requiredKeys: [] },
  );
  const fields = (names: string[]) => Object.fromEntries(names.map((name) => [name, any]));
  const completion = fc.record(
    {
      ...fields([
        "n",
        "stop",
        "seed",
        "tools",
        "temperature",
        "top_p",
        "presence_penalty",
        "other",
        "toString",
      ]),
      model: fc.oneof({ weight: 9, arbitrary: fc.constant("alex-1") }, any),
      messages: fc.oneof({ weight: 9, arbitrary: fc.array(message, { maxLength: 3 }) }, any),
      stream: any,
      stream_options: fc.oneof(any, fc.record({ include_usage: any, other: any }, { requiredKeys: [] })),
      max_tokens: any,
    },
    { requiredKeys: [] },
  );

  it.each([
    [RequestSchema, completion],
    [SendSchema, fc.record({ content: text, stream: any, other: any }, { requiredKeys: [] })],
    [TurnHeaders, fc.record({ "if-match": text, "idempotency-key": text, host: text }, { requiredKeys: [] })],
    [ConversationParams, fc.record({ conversation_id: text })],
  ] as const)("is what the schema takes, as it makes it (%#)", async (schema, values) => {
    const property = fc.asyncProperty(values as fc.Arbitrary<unknown>, async (value) => {
      const [swift, thorough] = [await schema.safeParseAsync(value), schema.safeParse(value)];
      expect(swift.data).toEqual(thorough.data);
      expect(swift.success).toBe(thorough.success);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
