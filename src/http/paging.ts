import type { Context } from "hono";

/** Names the next page in a `Link` header (RFC 8288): this request's address with these parameters changed. */
export function linkNext(c: Context, changes: Record<string, string | number>): void {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const [name, value] of Object.entries(changes)) searchParams.set(name, String(value));
  c.header("Link", `<${pathname}?${searchParams}>; rel="next"`);
}
