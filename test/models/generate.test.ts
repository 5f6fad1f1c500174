import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { generate, type Limits } from "../../src/models/generate";
import type { CompletionEvent } from "../../src/models/language-model";

type Speak = (signal: AbortSignal) => AsyncIterable<CompletionEvent>;

const LIMITS: Limits = { firstToken: 3000, idle: 200, total: 60_000, retries: 0 };
const REQUEST = { system: "", messages: [] };

/** Lets a model answer that speaks like this, once for each try. */
function listen(limits: Partial<Limits>, ...tries: Speak[]) {
  let call = 0;
  const controller = new AbortController();
  const model = {
    provider: "test",
    model: "m",
    body: () => ({ model: "m", messages: [] }),
    complete: (_: unknown, signal: AbortSignal) => tries[call++]!(signal),
  };
  const done = generate(model, REQUEST, { ...LIMITS, ...limits }, controller, () => {});
  return { controller, done, tries: () => call };
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

const word = { type: "text", text: "Well" } as const;

describe("the time between two tokens", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const stalls: Speak = async function* (signal) {
    yield word;
    await aborted(signal);
  };

  it("is limited from the first token on, however long that one might have taken", async () => {
    const { controller, done } = listen({ firstToken: 3000, idle: 200 }, stalls);
    await vi.advanceTimersByTimeAsync(199);
    expect(controller.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(controller.signal.reason).toMatchObject({ code: "upstream_timeout" });
    await done;
  });

  it("may pass again and again: a slow speaker is heard out", async () => {
    const { controller, done } = listen({ firstToken: 300, idle: 200 }, async function* () {
      for (let i = 0; i < 20; i++) {
        yield word;
        await new Promise((spoken) => setTimeout(spoken, 150));
      }
      yield { type: "finish", reason: "stop" };
    });
    await vi.advanceTimersByTimeAsync(20 * 150);
    expect(controller.signal.aborted).toBe(false);
    expect((await done).at(-1)).toMatchObject({ outcome: "complete", text: "Well".repeat(20) });
  });

  it("takes no timer for every token", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { done } = listen({ firstToken: 3000, idle: 200 }, async function* () {
      for (let i = 0; i < 1000; i++) {
        yield word;
        vi.setSystemTime(Date.now() + 1);
      }
      yield { type: "finish", reason: "stop" };
    });
    await done;
    expect(timers.mock.calls.length).toBeLessThanOrEqual(3);
    timers.mockRestore();
  });
});
