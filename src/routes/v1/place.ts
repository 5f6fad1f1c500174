import type { Context } from "hono";

/**
 * Where a request happens, which it says itself. A pass brings its history along and is kept nowhere; in one of ours only what
 * is new counts; theirs is known by the client's own name for it.
 */
export type Place = { type: "pass" };

/** The place that the headers and the body name. */
export function placeOf(_c: Context): Place {
  return { type: "pass" };
}
