import { describe, expect, it } from "vitest";

import readme from "../README.md?raw";
import env from "../src/env.ts?raw";
import { api, json } from "./harness";

describe("the README", () => {
  it("names every route", async () => {
    const { paths } = await json<{ paths: Record<string, object> }>(api("/openapi.json"));
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods))
        expect(readme).toContain(`\`${method.toUpperCase()} ${path}\``);
    }
  });

  it("explains every variable", () => {
    const names = [
      ...env.matchAll(/^ {2}([A-Z][A-Z_]+): (?!D1Database|Fetcher|KV|Durable|RateLimit|Analytics)/gm),
    ];
    expect(names.length).toBeGreaterThan(15);
    for (const [, name] of names) expect(readme).toContain(`\`${name}\``);
  });
});
