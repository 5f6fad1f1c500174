import { expect, it } from "vitest";

import page from "../../../CONNECT.md?raw";
import { guidesFor, type Guide } from "../../../src/wire/connect";
import { api, json } from "../../harness";
import { newModel } from "./harness";

type Connect = { base_url: string; model: string; key: string; clients: Guide[] };

it("every client's settings name this server, a persona of the user's, and no key of theirs", async () => {
  const { token, model } = await newModel();
  const connect = await json<Connect>(api("/v1/connect", { token }));
  expect(connect).toMatchObject({ base_url: "https://persona.test/v1", model });
  for (const { name, steps, file } of connect.clients) {
    const text = [...steps, file?.text].join("\n");
    const mention = name === "LibreChat" ? "${PERSONA_KEY}" : connect.key;
    for (const part of [connect.base_url, mention]) expect(text, name).toContain(part);
    if (name !== "Open WebUI") expect(text, name).toContain(model);
    if (file?.language === "json") expect(() => JSON.parse(file.text), name).not.toThrow();
  }
});

it("CONNECT.md has the same settings, with placeholders", () => {
  const to = { baseUrl: "http://localhost:8000/v1", key: "YOUR_API_KEY", model: "alex-1" };
  for (const { name, steps, file } of guidesFor(to)) {
    expect(page).toContain(`## ${name}\n`);
    for (const step of steps) expect(page, name).toContain(step);
    if (file) expect(page, name).toContain(`\`\`\`${file.language}\n${file.text}\n\`\`\``);
  }
});
