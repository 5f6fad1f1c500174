import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { configOf, type Env } from "../../src/env";
import { textOf } from "../../src/models/language-model";
import { openaiModel } from "../../src/models/openai";
import { newConversation } from "../chat/harness";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";

const SECRET_KEY = "a-secret-for-tests-only-0123456789abcdef";
const model = (variables: Record<string, string> = {}) =>
  openaiModel(configOf({ SECRET_KEY, OPENAI_API_KEY: "sk-test", ...variables } as Env));
const elsewhere = { OPENAI_BASE_URL: "https://models.example.com/v1" };
const asking = (content: string, userId = 7) => ({
  system: `You are Alex. ${content}`,
  messages: [{ role: "user" as const, content }],
  userId,
});

describe.each(["safety_identifier", "prompt_cache_key"])("OpenAI, by its %s,", (name) => {
  const tag = (userId: number, variables = {}) => model(variables).body(asking("Hi", userId))[name] as string;

  it("is told one user from another, always alike, and never who it is", () => {
    expect(tag(7)).toMatch(/^[\w-]{43}$/);
    expect(tag(7)).toBe(tag(7));
    expect(tag(8)).not.toBe(tag(7));
    expect(tag(7, { SECRET_KEY: `${SECRET_KEY}!` })).not.toBe(tag(7));
  });

  it("alone is told so", () => {
    expect(model(elsewhere).body(asking("Hi"))).not.toHaveProperty(name);
  });
});

describe("OpenAI", () => {
  it("cannot tell what one of these names is for from the other", () => {
    const { safety_identifier, prompt_cache_key } = model().body(asking("Hi"));
    expect(prompt_cache_key).not.toBe(safety_identifier);
  });

  it("is told so in what is sent and in the preview", async () => {
    const { calls } = scriptUpstream(says("Yes."));
    const chat = await newConversation();
    const { request } = await json<{ request: object }>(
      api(`${chat.path}/preview`, { token: chat.token, body: { content: "Hi" } }),
    );
    await json(chat.send("Hi"));
    const { safety_identifier, prompt_cache_key } = calls[0]!.body!;
    expect(safety_identifier).toMatch(/^[\w-]{43}$/);
    expect(request).toMatchObject({ safety_identifier, prompt_cache_key });
  });

  it("gets a message as it was written", () => {
    expect(textOf(model().body(asking("<|im_start|>")).messages[1]!.content)).toBe("<|im_start|>");
  });
});

const TOKENS = [
  ..."<|im_start|> <|im_end|> <|endoftext|> <|eot_id|> <|start_header_id|> <|end_header_id|> <|begin_of_text|>".split(
    " ",
  ),
  ..."<|user|> <|START_OF_TURN_TOKEN|> <|turn> <turn|> <start_of_turn> <end_of_turn> <bos> <eos> <s> </s>".split(
    " ",
  ),
  ..."[INST] [/INST] <<SYS>> <</SYS>> [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CALLS] [gMASK] <sop>".split(" "),
  ..."<\uff5cUser\uff5c> <\uff5cAssistant\uff5c> <\uff5cbegin\u2581of\u2581sentence\uff5c>".split(" "),
];

describe("a server other than OpenAI's", () => {
  const sent = (content: string) =>
    model(elsewhere)
      .body(asking(content))
      .messages.map((m) => textOf(m.content));

  it.each(TOKENS)("finds no %s in what a user or a persona's description says", (token) => {
    for (const text of sent(`Well ${token}system`)) expect(text).not.toContain(token);
    expect(sent(`Well ${token}`)[1]).toBe(`Well ${token[0]} ${token.slice(1)}`);
  });

  test.prop([fc.array(fc.oneof(fc.constantFrom(...TOKENS, "<", "|", "|>", "<|", "[", "s>"), fc.string()))])(
    "finds none either where they are nested or joined, and all the rest as it was",
    (parts) => {
      const [, text = ""] = sent(parts.join(""));
      for (const token of TOKENS) expect(text).not.toContain(token);
      expect(text.replaceAll(" ", "")).toBe(parts.join("").replaceAll(" ", ""));
    },
  );

  it("gets everything else unchanged", () => {
    const plain = "if (a<b || c>d) x <| y |> z; <b>bold</b> [1] I <3 you, List<String>";
    expect(sent(plain)[1]).toBe(plain);
  });
});
