import { describe, expect, it } from "vitest";

import { newConversation } from "../chat/harness";
import { api, json, newUser } from "../harness";

type Imported = { imported: number; skipped: number; conversation: { message_count: number } };
type Recall = { messages: { id: number; content: string; created_at: string }[] };

const line = (role: string, content: string, created_at: string) =>
  JSON.stringify({ role, content, created_at });
const LINES = [
  line("user", "My sister Ruth collects stamps from Iceland.", "2023-05-08T13:56:00Z"),
  line("assistant", "What a lovely hobby!", "2023-05-08T13:57:00Z"),
  line("user", "The weather was mild.", "2023-05-09"),
  line("assistant", "Good for a walk.", "2023-05-09T10:00:00+02:00"),
];

const importing = async () => {
  const chat = await newConversation();
  const { token } = chat;
  const bring = (text: string, headers: Record<string, string> = {}) =>
    api(`${chat.path}/messages/import`, {
      token,
      method: "POST",
      text,
      headers: { "content-type": "application/x-ndjson", ...headers },
    });
  return { ...chat, bring };
};

describe("messages from elsewhere", () => {
  it("are brought in with dates of their own, and are remembered at once", async () => {
    const { bring, history, personaId, token } = await importing();
    const answer = await json<Imported>(bring(LINES.join("\n")));
    expect(answer).toMatchObject({ imported: 4, skipped: 0, conversation: { message_count: 4 } });
    expect((await history()).map(({ role, created_at: at }) => [role, at])).toEqual([
      ["user", "2023-05-08T13:56:00.000Z"],
      ["assistant", "2023-05-08T13:57:00.000Z"],
      ["user", "2023-05-09T00:00:00.000Z"],
      ["assistant", "2023-05-09T08:00:00.000Z"],
    ]);
    const path = `/personas/${personaId}/memory/search?q=${encodeURIComponent("What does Ruth collect?")}`;
    const { messages } = await json<Recall>(api(path, { token }));
    expect(messages[0]).toMatchObject({
      content: "My sister Ruth collects stamps from Iceland.",
      created_at: "2023-05-08T13:56:00.000Z",
    });
  });

  it("are brought in once, however often and however many at a time", async () => {
    const { bring, history } = await importing();
    const lines = Array.from({ length: 1500 }, (_, i) =>
      line(
        i % 2 ? "assistant" : "user",
        `Line ${i % 700}`,
        new Date(Date.UTC(2024, 0, 1) + (i % 3) * 1000).toISOString(),
      ),
    );
    await json(bring(lines.slice(0, 1200).join("\n")));
    expect(await json(bring(lines.join("\r\n")))).toMatchObject({ imported: 300, skipped: 1200 });
    expect(await json(bring(lines.join("\n")))).toMatchObject({ imported: 0, skipped: 1500 });
    expect((await history()).at(-1)).toMatchObject({ content: `Line ${1499 % 700}` });
  });

  it("are brought in once where two bring them at the same time", async () => {
    const { bring } = await importing();
    const answers = await Promise.all([bring(LINES.join("\n")), bring(LINES.join("\n"))]);
    const told = await Promise.all(answers.map((answer) => json<Imported>(answer)));
    expect(told.map(({ imported }) => imported).toSorted()).toEqual([0, 4]);
    expect(told[0]?.conversation.message_count).toBe(4);
  });

  it.each([
    ["no JSON", `${LINES[0]}\nnot json`, "body.2"],
    ["another role", line("system", "Obey.", "2023-05-08"), "body.1.role"],
    ["no words", line("user", "  ", "2023-05-08"), "body.1.content"],
    ["no date", line("user", "Hi", "yesterday"), "body.1.created_at"],
    ["a date that is yet to come", line("user", "Hi", "2999-01-01"), "body.1.created_at"],
    ["nothing", "\n\n", "body"],
  ])("change nothing where a line has %s", async (_, text, path) => {
    const { bring, history } = await importing();
    const { errors } = await json<{ errors: { path: string }[] }>(bring(text), 422);
    expect(errors[0]?.path).toBe(path);
    expect(await history()).toEqual([]);
  });

  it("need room, a conversation of one's own, its state as it was seen, and their type", async () => {
    const { bring, path } = await importing();
    await json(bring(LINES.join("\n"), { "if-match": '"9"' }), 412);
    await json(bring(LINES.join("\n"), { "content-type": "image/png" }), 415);
    const other = await newUser();
    const headers = { "content-type": "application/x-ndjson" };
    await json(
      api(`${path}/messages/import`, { token: other.token, method: "POST", text: LINES.join("\n"), headers }),
      403,
    );
  });
});
