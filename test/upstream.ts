import { afterEach, vi } from "vitest";

/** What a scripted upstream does next: says a chunk, waits, breaks off. */
export type Step = { text: string } | { chunk: unknown } | { raw: string } | { wait: Gate } | { fail: Error };

/** Holds an upstream until a test opens it. A promise would not do: it cannot be settled from outside the object's context. */
export type Gate = { open: boolean };
export const gate = (): Gate => ({ open: false });

export type Script = {
  status?: number;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
  steps?: Step[];
};
export type UpstreamCall = { url: string; headers: Headers; body: UpstreamBody; aborted: boolean };
type UpstreamBody = {
  model: string;
  messages: { role: string; content: string }[];
  [parameter: string]: unknown;
};

export const chunk = (delta: object, finish: string | null = null) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  model: "gpt-3.5-turbo-0125",
  choices: [{ index: 0, delta, finish_reason: finish }],
});

/** An answer in these words, properly finished, with its usage. */
export const says = (...words: string[]): Script => ({
  steps: [
    ...words.map((text) => ({ text })),
    { chunk: chunk({}, "stop") },
    { chunk: { choices: [], usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 } } },
    { raw: "data: [DONE]\n\n" },
  ],
});

/** Puts a scripted language model in the place of the network. Each call takes the next script; the last one stays. */
export function scriptUpstream(...scripts: Script[]) {
  const calls: UpstreamCall[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    if (!request.url.includes("/chat/completions")) return real(input as RequestInfo, init as RequestInit);
    const script = scripts[Math.min(calls.length, scripts.length - 1)]!;
    const call: UpstreamCall = {
      url: request.url,
      headers: request.headers,
      body: await request.json(),
      aborted: false,
    };
    calls.push(call);
    const { signal } = (init ?? {}) as RequestInit;
    return play(script, call, signal ?? undefined);
  });
  return { calls };
}

function play(script: Script, call: UpstreamCall, signal: AbortSignal | undefined): Response {
  const headers = { "content-type": script.type ?? "text/event-stream", ...script.headers };
  if (script.body !== undefined) return new Response(script.body, { status: script.status ?? 200, headers });
  const steps = [...(script.steps ?? [])];
  const encoder = new TextEncoder();
  signal?.addEventListener("abort", () => (call.aborted = true));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let step = steps.shift();
      while (step && "wait" in step) {
        const { wait } = step;
        while (!wait.open && !signal?.aborted) await scheduler.wait(2);
        if (signal?.aborted) return controller.error(signal.reason);
        step = steps.shift();
      }
      if (!step) return controller.close();
      if ("fail" in step) return controller.error(step.fail);
      const value = "text" in step ? chunk({ content: step.text }) : "chunk" in step && step.chunk;
      controller.enqueue(encoder.encode("raw" in step ? step.raw : `data: ${JSON.stringify(value)}\n\n`));
    },
  });
  return new Response(body, { status: script.status ?? 200, headers });
}

afterEach(() => {
  vi.restoreAllMocks();
});
