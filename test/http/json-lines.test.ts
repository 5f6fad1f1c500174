import { describe, expect, it } from "vitest";

import { jsonLines } from "../../src/http/json-lines";

/** Endless pages, and how many of them were made. */
function endless() {
  const seen = { pages: 0, ended: false };
  const pages = (async function* () {
    try {
      for (;;) yield { type: "number", rows: [{ bigNumber: ++seen.pages, at: new Date(0) }] };
    } finally {
      seen.ended = true;
    }
  })();
  return { seen, pages };
}

describe("lines of JSON", () => {
  it("are read from the database only as fast as the client takes them, and no longer", async () => {
    const { seen, pages } = endless();
    const reader = jsonLines(pages).getReader();
    await reader.read();
    const { value } = await reader.read();
    // Time enough for a stream that reads ahead to do so.
    await scheduler.wait(20);
    expect(seen).toEqual({ pages: 2, ended: false });
    expect(new TextDecoder().decode(value)).toBe(
      '{"type":"number","big_number":2,"at":"1970-01-01T00:00:00.000Z"}\n',
    );
    await reader.cancel();
    expect(seen.ended).toBe(true);
  });

  it("skip empty pages, count every kind, and say what failed to nobody", async () => {
    const pages = (async function* () {
      yield { type: "none", rows: [] };
      yield { type: "one", rows: [{ id: 1 }] };
    })();
    const text = await new Response(jsonLines(pages)).text();
    expect(text).toBe('{"type":"one","id":1}\n{"type":"end","counts":{"none":0,"one":1}}\n');
    const failing = (async function* () {
      yield { type: "one", rows: [{ id: 1 }] };
      throw new Error("SELECT secret");
    })();
    await expect(new Response(jsonLines(failing)).text()).rejects.toThrow("The export broke off.");
  });
});
