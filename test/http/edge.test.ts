import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { app } from "../../src/app";
import type { Env } from "../../src/env";
import { newConversation } from "../chat/harness";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";

const ask = (path: string, init: RequestInit, variables: Partial<Record<keyof Env, string>> = {}) =>
  app.request(path, init, { ...env, ...variables });

describe("every answer", () => {
  it("keeps out of caches, frames and guesses, errors and streams included", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const answers = [
      await api("/health"),
      await api("/nowhere"),
      await api("/auth/me"),
      await api(chat.path, { token: chat.token }),
      await chat.send("Hi"),
      await chat.stream("Hi"),
    ];
    for (const { headers } of answers) {
      expect(headers.get("cache-control")).toContain("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("strict-transport-security")).toMatch(/max-age=\d+/);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-request-id")).toMatch(/^[\w-]+$/);
    }
  });

  it("names its request in the header and in an error's body", async () => {
    const answer = await api("/auth/me", { headers: { "x-request-id": "my-request-1" } });
    expect(answer.headers.get("x-request-id")).toBe("my-request-1");
    expect(await json(answer, 401)).toMatchObject({ request_id: "my-request-1" });
    const injected = await api("/health", { headers: { "x-request-id": "a b;c" } });
    expect(injected.headers.get("x-request-id")).not.toBe("a b;c");
  });
});

describe("browsers", () => {
  const origin = "https://app.example.com";
  const preflight = { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } };

  it("are let in from the configured origins", async () => {
    const answer = await ask("/chat/conversations", preflight, {
      CORS_ORIGINS: `https://other.example, ${origin}`,
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
  });

  it("are kept out from anywhere else, which is everywhere by default", async () => {
    const others = await ask("/chat/conversations", preflight, { CORS_ORIGINS: "https://other.example" });
    expect(others.headers.has("access-control-allow-origin")).toBe(false);
    const byDefault = await ask("/health", { headers: { origin } });
    expect(byDefault.headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("a path", () => {
  it("that does not exist is 404, and one that has other methods is 405 and names them", async () => {
    expect(await json(api("/nowhere"), 404)).toMatchObject({ code: "not_found", detail: "Not found" });
    const answer = await api("/chat/conversations", { method: "PATCH" });
    expect(answer.headers.get("allow")).toContain("POST");
    expect(await json(answer, 405)).toMatchObject({ code: "method_not_allowed" });
  });

  it("is the same with and without its final slash, for every method", async () => {
    const { token } = await newUser();
    const persona = await json(api("/personas/", { token, body: { name: "Alex", relation_type: "friend" } }));
    const body = { title: "Hi", persona_id: persona.id };
    const { id } = await json(api("/chat/conversations/", { token, body }));
    for (const path of [
      "/chat/conversations",
      "/personas",
      `/chat/conversations/${id as number}`,
      "/chat/health",
    ]) {
      const [plain, slashed] = [await json(api(path, { token })), await json(api(`${path}/`, { token }))];
      expect(slashed).toEqual(plain);
    }
    await json(api(`/chat/conversations/${id as number}/`, { token, method: "DELETE" }));
  });
});
