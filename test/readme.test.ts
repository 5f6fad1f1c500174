import { describe, expect, it } from "vitest";

import example from "../.dev.vars.example?raw";
import changelog from "../CHANGELOG.md?raw";
import { version } from "../package.json";
import readme from "../README.md?raw";
import { configOf, type Env } from "../src/env";
import source from "../src/env.ts?raw";
import { api, json } from "./harness";

/** In the order of `variables` in src/env.ts. */
const [, block] = source.split("const variables = {");
const variables = [...block!.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);

describe("the README", () => {
  it("names every route", async () => {
    const { paths } = await json<{ paths: Record<string, object> }>(api("/openapi.json"));
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods))
        expect(readme).toContain(`\`${method.toUpperCase()} ${path}\``);
    }
  });

  it("explains every variable", () => {
    for (const name of variables) expect(readme).toContain(`\`${name}\``);
  });
});

describe(".dev.vars.example", () => {
  const lines = [...example.matchAll(/^# ([A-Z][A-Z_]+)=(.*?) # \S/gm)].map(
    ([, name, value]) => [name!, value!] as const,
  );

  it("has one line for every variable, and no other", () => {
    expect(lines.map(([name]) => name)).toEqual(variables);
  });

  it("shows the defaults", () => {
    const SECRET_KEY = "a-secret-for-tests-only-0123456789abcdef";
    const shown = { ...Object.fromEntries(lines), SECRET_KEY };
    expect(configOf(shown as unknown as Env)).toEqual(configOf({ SECRET_KEY } as Env));
  });
});

describe("the version", () => {
  it("is that of package.json, and the changelog tells what is in it", async () => {
    expect(await json(api("/openapi.json"))).toMatchObject({ info: { version } });
    expect(changelog).toMatch(new RegExp(`^## \\[${RegExp.escape(version)}\\] - \\d{4}-\\d\\d-\\d\\d$`, "m"));
  });
});
