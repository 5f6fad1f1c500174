import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { describeTurn, reportTurn } from "../../src/chat/telemetry";
import { close, openTurn, type Ending } from "../../src/chat/turn";
import type { ContextReport } from "../../src/db/schema";

const report: ContextReport = {
  tokens: { persona: 10, history: 20, message: 5 },
  budget: 8000,
  messageIds: [
    [1, 2],
    [5, 5],
  ],
  leftOut: [
    { reason: "budget", count: 4 },
    { reason: "failed", count: 2 },
  ],
  source: "kv",
};

/** A turn whose first call was refused and whose second answered, half a second later. */
function aTurn() {
  const turn = openTurn({
    purpose: "reply",
    standing: { id: 7, userId: 3, revision: 1, messageSeq: 4, headMessageId: null, tokenRatio: 1 },
    personaId: 5,
    provider: "openai",
    model: "gpt-3.5-turbo",
    question: { content: "Hi", parentId: null, depth: 0 },
    report,
    estimate: { raw: 35, corrected: 35 },
  });
  const call = { model: "gpt-3.5-turbo", totalMs: 100, usage: null, finishReason: null, firstTokenMs: null };
  const ending: Ending = {
    status: "complete",
    failure: null,
    attempts: [
      {
        ...call,
        startedAt: turn.startedAt,
        text: "",
        outcome: "failed",
        failure: { code: "upstream_rate_limited", retryAfter: null },
      },
      {
        ...call,
        startedAt: turn.startedAt + 500,
        firstTokenMs: 40,
        text: "Hello",
        outcome: "complete",
        failure: null,
        finishReason: "stop",
      },
    ],
  };
  const { reply, usage } = close(turn, ending, {
    MODEL_PRICES: {},
    OPENAI_BASE_URL: "https://api.openai.com/v1",
  });
  return { turn, reply, usage };
}

describe("a turn's data point", () => {
  beforeEach(() => void vi.spyOn(console, "log").mockImplementation(() => {}));
  afterEach(() => vi.restoreAllMocks());

  it("has its columns in their documented places", () => {
    const { turn, reply, usage } = aTurn();
    const points: (AnalyticsEngineDataPoint | undefined)[] = [];
    const TURNS = { writeDataPoint: (point?: AnalyticsEngineDataPoint) => void points.push(point) };
    reportTurn({ TURNS }, turn, reply, usage, false);
    expect(points).toHaveLength(1);
    const { indexes, blobs, doubles } = points[0]!;
    expect(indexes).toEqual(["3"]);
    expect(blobs).toEqual([
      "complete",
      "",
      "reply",
      "openai",
      "gpt-3.5-turbo",
      "gpt-3.5-turbo",
      "kv",
      `turn_${reply.id}`,
      "stop",
    ]);
    expect(doubles!.slice(0, 7)).toEqual([
      2,
      35,
      0,
      usage[1]!.completionTokens,
      usage[1]!.costMicros,
      0,
      540,
    ]);
    expect(doubles!.slice(9)).toEqual([3, 6, 1]);
  });

  it("may have nowhere to go, or fail, without anyone noticing", () => {
    const { turn, reply, usage } = aTurn();
    const writeDataPoint = vi.fn(() => {
      throw new Error("full");
    });
    expect(() => reportTurn({}, turn, reply, usage, false)).not.toThrow();
    expect(() => reportTurn({ TURNS: { writeDataPoint } }, turn, reply, usage, true)).not.toThrow();
    expect(writeDataPoint).toHaveBeenCalled();
  });

  it("counts the calls whose price nobody knows, and cuts a name that never ends", () => {
    const { turn, reply, usage } = aTurn();
    const unpriced = usage.map((call) => ({ ...call, costMicros: null, modelUsed: "m".repeat(5000) }));
    const line = describeTurn(turn, reply, unpriced, false);
    expect(line).toMatchObject({ cost_micros: 0, unpriced: 2 });
    expect(line.model_used).toHaveLength(100);
  });
});
