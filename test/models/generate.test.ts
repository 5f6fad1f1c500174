import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";

import { AppError, type ErrorCode } from "../../src/errors";
import { generate, STOPPED, type Deadlines } from "../../src/models/generate";
import type { CompletionEvent } from "../../src/models/language-model";

type Speak = (signal: AbortSignal) => AsyncIterable<CompletionEvent>;

const LIMITS: Deadlines = { firstToken: 3000, idle: 200, total: 60_000, retries: 0 };
const REQUEST = { system: "", messages: [] };

/** Lets a model answer that speaks like this, once for each try. */
function listen(limits: Partial<Deadlines>, ...tries: Speak[]) {
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
    expect(await done).toMatchObject({ status: "complete", attempts: [{ text: "Well".repeat(20) }] });
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

describe("the pause between two tries", () => {
  let pauses: MockInstance<typeof scheduler.wait>;
  beforeEach(() => {
    vi.useFakeTimers();
    pauses = vi.spyOn(scheduler, "wait");
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const fails = (code: ErrorCode, retryAfter?: number): Speak =>
    // oxlint-disable-next-line require-yield
    async function* () {
      throw new AppError(code, retryAfter ? { headers: { "Retry-After": String(retryAfter) } } : {});
    };
  const answers: Speak = async function* () {
    yield word;
    yield { type: "finish", reason: "stop" };
  };
  const patient = { firstToken: 30_000, retries: 2 };
  const overAtOnce = () => pauses.mockResolvedValue(undefined);
  /** Goes by as it does in life: for ever, unless it is broken off. */
  const neverOver = () => pauses.mockImplementation((_, options) => aborted(options!.signal!));

  it("is short at first and longer the second time", async () => {
    overAtOnce();
    const { done } = listen(patient, fails("upstream_error"), fails("upstream_unreachable"), answers);
    expect(await done).toMatchObject({ status: "complete", failure: null });
    const [first, second] = pauses.mock.calls.map(([wait]) => wait);
    expect(first! >= 150 && first! <= 300).toBe(true);
    expect(second! >= 300 && second! <= 600).toBe(true);
  });

  it("is as long as the server asked for", async () => {
    overAtOnce();
    const { done } = listen(patient, fails("upstream_rate_limited", 7), answers);
    expect(await done).toMatchObject({ status: "complete", attempts: [{ outcome: "failed" }, {}] });
    expect(pauses.mock.calls.map(([wait]) => wait)).toEqual([7000]);
  });

  it("is not begun where the server asks for more than the first token may take", async () => {
    overAtOnce();
    const { done, tries } = listen(patient, fails("upstream_rate_limited", 30), answers);
    const failure = { code: "upstream_rate_limited", retryAfter: 30 };
    expect(await done).toMatchObject({ status: "failed", failure, attempts: [{ failure }] });
    expect([tries(), pauses.mock.calls.length]).toEqual([1, 0]);
  });

  it("can be stopped: the reply then is stopped, and its call has failed all the same", async () => {
    neverOver();
    const { controller, done, tries } = listen(patient, fails("upstream_error"), answers);
    await vi.waitUntil(() => pauses.mock.calls.length > 0);
    controller.abort(STOPPED);
    expect(await done).toMatchObject({
      status: "stopped",
      failure: null,
      attempts: [{ outcome: "failed", failure: { code: "upstream_error" } }],
    });
    expect(tries()).toBe(1);
  });

  it("ends with the reply's own deadline, which is then why it failed", async () => {
    neverOver();
    const { done } = listen({ ...patient, total: 100 }, fails("upstream_error"), answers);
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toMatchObject({ status: "failed", failure: { code: "upstream_timeout" } });
  });
});
