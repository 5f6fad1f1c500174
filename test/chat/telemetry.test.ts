import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { describeTurn, reportTurn } from "../../src/chat/telemetry";
import { close, openTurn, type Ending } from "../../src/chat/turn";
import type { ContextReport } from "../../src/db/schema";
import { aConversation } from "../factories";

const report: ContextReport = {
  budget: 8000,
  source: "kv",
  sections: [
    { name: "persona", tokens: 10 },
    {
      name: "history",
      tokens: 20,
      ids: [
        [1, 2],
        [5, 5],
      ],
      leftOut: [
        { reason: "budget", count: 4 },
        { reason: "failed", count: 2 },
      ],
    },
    { name: "message", tokens: 5 },
  ],
};

/** A turn whose first call was refused and whose second answered, half a second later. */
function aTurn() {
  const turn = openTurn({
    purpose: "reply",
    state: aConversation({ revision: 1, messageSeq: 4, messageCount: 4 }),
    speaker: { personaId: 5, provider: "openai", model: "gpt-3.5-turbo" },
    place: { after: null, depth: 0, said: "Hi" },
    reserved: false,
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
  const closed = close(turn, ending, {
    MODEL_PRICES: {},
    OPENAI_BASE_URL: "https://api.openai.com/v1",
  });
  return { turn, ending, closed };
}

describe("a turn's data point", () => {
  beforeEach(() => void vi.spyOn(console, "log").mockImplementation(() => {}));
  afterEach(() => vi.restoreAllMocks());

  it("has its columns in their documented places", () => {
    const { turn, ending, closed } = aTurn();
    const points: (AnalyticsEngineDataPoint | undefined)[] = [];
    const TURNS = { writeDataPoint: (point?: AnalyticsEngineDataPoint) => void points.push(point) };
    reportTurn({ TURNS }, turn, ending, closed, false);
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
      `turn_${closed.reply.id}`,
      "stop",
    ]);
    expect(doubles!.slice(0, 7)).toEqual([
      2,
      35,
      0,
      closed.usage[1]!.completionTokens,
      closed.usage[1]!.costMicros,
      0,
      540,
    ]);
    expect(doubles!.slice(9)).toEqual([3, 6, 1]);
  });

  it("may have nowhere to go, or fail, without anyone noticing", () => {
    const { turn, ending, closed } = aTurn();
    const writeDataPoint = vi.fn(() => {
      throw new Error("full");
    });
    expect(() => reportTurn({}, turn, ending, closed, false)).not.toThrow();
    expect(() => reportTurn({ TURNS: { writeDataPoint } }, turn, ending, closed, true)).not.toThrow();
    expect(writeDataPoint).toHaveBeenCalled();
  });

  it("counts the calls whose price nobody knows, and cuts a name that never ends", () => {
    const { turn, ending, closed } = aTurn();
    const unpriced = closed.usage.map((call) => ({ ...call, costMicros: null, modelUsed: "m".repeat(5000) }));
    const line = describeTurn(turn, ending, { ...closed, usage: unpriced }, false);
    expect(line).toMatchObject({ cost_micros: 0, unpriced: 2 });
    expect(line.model_used).toHaveLength(100);
  });
});
