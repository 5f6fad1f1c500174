import type { Result, Router } from "hono/router";

type Entry<T> = { method: string; segments: string[]; handler: T; order: number };
type Pattern<T> = { segments: string[]; entries: Entry<T>[] };

/** Hono's word for any method, and what it makes of a path that means every one. */
const [ANY, EVERYWHERE] = ["ALL", "/*"];

/**
 * Finds handlers for paths whose segments are words and parameters (`/turns/:turn_id`), and for all paths (`*`). Hono's router
 * for such routes takes no word where another route has a parameter, and the one that it turns to instead walks to each
 * handler of a path anew. Here a path is compared with those of its length, and its handlers are listed once.
 */
export function pathRouter<T>(): Router<T> {
  const everywhere: Entry<T>[] = [];
  const patterns = new Map<string, Pattern<T>>();
  let order = 0;
  let find: ((method: string, path: string) => Result<T>) | undefined;

  return {
    name: "PathRouter",
    add(method, path, handler) {
      find = undefined;
      const segments = path.split("/");
      const entry = { method, segments, handler, order: order++ };
      const pattern = patterns.get(path) ?? { segments, entries: [] };
      if (path !== EVERYWHERE) patterns.set(path, pattern);
      (path === EVERYWHERE ? everywhere : pattern.entries).push(entry);
    },
    match: (method, path) => (find ??= finderOf(everywhere, [...patterns.values()]))(method, path),
  };
}

/** What finds the handlers of a method and a path. */
function finderOf<T>(everywhere: Entry<T>[], patterns: Pattern<T>[]) {
  const byLength = Map.groupBy(patterns, ({ segments }) => segments.length);
  const lists = new Map<string, Result<T>[0]>();
  return (method: string, path: string): Result<T> => {
    const given = path.split("/");
    const fitting = (byLength.get(given.length) ?? []).filter(({ segments }) => fits(segments, given));
    const key = `${method} ${fitting.map(({ segments }) => segments.join("/")).join(" ")}`;
    const known = lists.get(key);
    if (known) return [known, given] as Result<T>;
    const made = handlersOf(method, [...everywhere, ...fitting.flatMap(({ entries }) => entries)]);
    lists.set(key, made);
    return [made, given];
  };
}

const isParameter = (segment: string) => segment.startsWith(":");

const fits = (segments: string[], given: string[]) =>
  segments.every((segment, at) => segment === given[at] || (isParameter(segment) && given[at] !== ""));

/** Those for a method, as they were added, each with the places of its parameters. */
const handlersOf = <T>(method: string, entries: Entry<T>[]) =>
  entries
    .filter((entry) => entry.method === method || entry.method === ANY)
    .toSorted((a, b) => a.order - b.order)
    .map(({ handler, segments }): [T, Record<string, number>] => [handler, placesOf(segments)]);

const placesOf = (segments: string[]) =>
  Object.fromEntries(
    segments.flatMap((segment, at) => (isParameter(segment) ? [[segment.slice(1), at]] : [])),
  );
