import type { Result } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";
import { describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { pathRouter } from "../../src/http/path-router";

/** What is found, with each handler's parameters by their names, however a router gives them. */
const read = <T>([found, stash]: Result<T>) =>
  found.map(([handler, parameters]) => [
    handler,
    Object.fromEntries(
      Object.entries(parameters).map(([name, given]) => [name, stash?.[given as number] ?? given]),
    ),
  ]);

/** A path as a client may ask for it. */
const filled = (path: string) => path.replaceAll(/:\w+/g, "17");

describe("a path", () => {
  it("finds the handlers that it finds with Hono's own router, of every route and where there is none", () => {
    const [ours, honos] = [pathRouter(), new TrieRouter()];
    for (const { method, path, handler } of app.routes) {
      ours.add(method, path, handler);
      honos.add(method, path, handler);
    }
    const paths = [...new Set(app.routes.map(({ path }) => filled(path)))].filter((path) => path !== "/*");
    expect(paths.length).toBeGreaterThan(50);
    for (const path of [...paths, "/nothing", "/chat/conversations/", "/chat/conversations/17/turns/18/19"])
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
        expect(read(ours.match(method, path)), `${method} ${path}`).toEqual(read(honos.match(method, path)));
  });

  it("may have a word where another has a parameter, and is found by both in the order they were added", () => {
    const router = pathRouter<string>();
    router.add("ALL", "/*", "all");
    router.add("GET", "/turns/:id", "by id");
    router.add("GET", "/turns/current", "current");
    router.add("POST", "/turns/:turn", "write");
    expect(read(router.match("GET", "/turns/current"))).toEqual([
      ["all", {}],
      ["by id", { id: "current" }],
      ["current", {}],
    ]);
    expect(read(router.match("POST", "/turns/5"))).toEqual([
      ["all", {}],
      ["write", { turn: "5" }],
    ]);
    expect(read(router.match("GET", "/turns/"))).toEqual([["all", {}]]);
  });
});
