import { DefaultChatTransport, readUIMessageStream, type UIMessage } from "ai";
import { describe, expect, it } from "vitest";

import { endless, PATIENCE, WORDS, type House } from "./openai.ts";
import { reply, type Step } from "./upstream.ts";

function newChat({ baseURL, apiKey, model }: House) {
  const chatId = crypto.randomUUID();
  const transport = new DefaultChatTransport<UIMessage>({
    api: `${baseURL}/ui/chat`,
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model },
  });
  const messages: UIMessage[] = [];
  const send = (abortSignal?: AbortSignal) =>
    transport.sendMessages({
      chatId,
      messages,
      trigger: "submit-message",
      messageId: undefined,
      abortSignal,
    });
  const say = (text: string) =>
    messages.push({ id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] });
  return {
    messages,
    send,
    say,
    resume: () => transport.reconnectToStream({ chatId }),
    stop: () =>
      fetch(`${baseURL}/ui/chat/${chatId}/stop`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}` },
      }),
  };
}

type Stream = Awaited<ReturnType<ReturnType<typeof newChat>["send"]>>;

/** The message that a stream comes to. */
async function messageIn(stream: Stream): Promise<UIMessage> {
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream, terminateOnError: true })) last = message;
  return last!;
}

const textOf = ({ parts }: UIMessage) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** The AI SDK's own transport, unchanged, over a real socket, as useChat has it in a browser. `given` gives a server's. */
export const describeUseChat = (given: () => House) => {
  const next = (...steps: Step[][]) => given().upstream.next(...steps);
  describe("a useChat", () => {
    it("has turns in one conversation, each with what it took", async () => {
      const { messages, say, send } = newChat(given());
      for (const [i, text] of ["One.", "Two."].entries()) {
        next(reply(text));
        say(`${i + 1}?`);
        const answer = await messageIn(await send());
        expect(textOf(answer)).toBe(text);
        expect(answer.metadata).toMatchObject({ usage: { prompt_tokens: 20 } });
        messages.push(answer);
      }
      const sent = given().upstream.calls.at(-1)!.body.messages!.slice(1);
      expect(sent.map(({ content }) => content)).toEqual(["1?", "One.", "2?"]);
    });

    it("that hangs up finds its reply going on, from its beginning", async () => {
      const { say, send, resume } = newChat(given());
      expect(await resume()).toBeNull();
      next(reply(WORDS, { wait: 150 }));
      say("How is the sea?");
      const page = new AbortController();
      const reader = (await send(page.signal)).getReader();
      while ((await reader.read()).value?.type !== "text-delta");
      page.abort();
      const again = await resume();
      expect(textOf(await messageIn(again!))).toBe(WORDS);
      expect(await resume()).toBeNull();
    });

    it("is stopped by saying so", async () => {
      const { say, send, stop } = newChat(given());
      const before = given().upstream.calls.length;
      next(endless());
      say("Wave!");
      const answer = messageIn(await send());
      await expect.poll(() => given().upstream.calls[before]?.sent ?? 0, PATIENCE).toBeGreaterThan(2);
      expect((await stop()).status).toBe(204);
      expect(textOf(await answer)).toMatch(/^wave/);
      await given().hungUp(before);
    });

    it("is told what went wrong", async () => {
      const { say, send } = newChat(given());
      next([{ text: "The sea" }, { reset: true }]);
      say("How is the sea?");
      await expect(messageIn(await send())).rejects.toThrow("language model");
    });
  });
};
