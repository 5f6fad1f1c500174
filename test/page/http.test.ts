import { describe, expect, it } from "vitest";

import { url } from "./harness.ts";

const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
const ask = (path: string, accept = HTML, init: RequestInit = {}) =>
  fetch(url + path, { redirect: "manual", ...init, headers: { accept } });
const typeOf = (answer: Response) => answer.headers.get("content-type")?.split(";")[0];

/** The files that a document or a style sheet names. */
const filesIn = (text: string) =>
  [...text.matchAll(/(?:src|href)="([^"]+)"|url\(([^)]+)\)/g)].map((m) => m[1] ?? m[2]!);

describe("a browser", () => {
  it.each([
    "/",
    "/c/12",
    "/p/3",
    "/new",
    "/usage",
    "/settings",
    "/reset",
    "/verify",
    "/deleted",
    "/settings/",
  ])("gets the page at %s", async (path) => {
    const answer = await ask(path);
    expect([answer.status, typeOf(answer)]).toEqual([200, "text/html"]);
    expect(answer.headers.get("vary")).toContain("Accept");
    expect(await answer.text()).toContain('<div id="app">');
  });

  it.each(["/nothing", "/c/x", "/c/12/x", "/chat/conversation", "/personas/x/y", "/.env"])(
    "gets the API's 404 at %s",
    async (path) => {
      const answer = await ask(path);
      expect([answer.status, typeOf(answer)]).toEqual([404, "application/json"]);
      expect(await answer.json()).toMatchObject({ code: "not_found" });
    },
  );
});

describe("a program", () => {
  it.each(["application/json", "*/*", "application/json, text/plain, */*"])(
    "that asks for %s is greeted in JSON, and finds nothing at the page's paths",
    async (accept) => {
      const greeting = await ask("/", accept);
      expect(await greeting.json()).toMatchObject({
        message: expect.stringContaining("Digital Persona Platform") as string,
      });
      const room = await ask("/c/12", accept);
      expect([room.status, typeOf(room)]).toEqual([404, "application/json"]);
    },
  );

  it("that posts to a path of the page gets a 404 in JSON", async () => {
    const answer = await ask("/c/12", HTML, { method: "POST" });
    expect([answer.status, typeOf(answer)]).toEqual([404, "application/json"]);
  });
});

describe("the page's files", () => {
  it("run no script but the server's own, and take no markup from a script", async () => {
    for (const path of ["/", "/c/1", "/page"]) {
      const policy = (await ask(path)).headers.get("content-security-policy")!.split("; ");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  it("are all there, and those that are named after their content are kept for good", async () => {
    const files = filesIn(await (await ask("/")).text()).filter((path) => path.startsWith("/"));
    const sheets = files.filter((path) => path.endsWith(".css"));
    const fonts = (
      await Promise.all(sheets.map(async (path) => filesIn(await (await ask(path)).text())))
    ).flat();
    expect(files.some((path) => path.endsWith(".js"))).toBe(true);
    expect(fonts.length).toBeGreaterThan(1);
    for (const path of [...files, ...fonts, "/worker.js"]) {
      const file = await ask(path);
      await file.body?.cancel();
      expect(file.status, path).toBe(200);
      if (path.startsWith("/assets/")) expect(file.headers.get("cache-control"), path).toContain("immutable");
    }
  });

  it("hold no inline script", async () => {
    for (const path of ["/", "/docs"])
      expect(await (await ask(path)).text()).not.toMatch(/<script[^>]*>[^<]/);
  });
});

describe("the API's documents", () => {
  it("are a page whose scripts are the server's own, under a policy of its own", async () => {
    const answer = await ask("/docs");
    expect(answer.status).toBe(200);
    const policy = answer.headers.get("content-security-policy")!;
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("trusted-types");
    const files = filesIn(await answer.text());
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !path.startsWith("/"))).toEqual([]);
  });
});
