import type { Context } from "hono";
import { accepts } from "hono/accepts";

import type { AppEnv } from "./router";

/** The page's own paths: each is the same file, whose script finds its room by the address. */
const ROOMS = /^\/(?:(?:c|p)\/[1-9]\d{0,15}|new|usage|settings|reset|verify|deleted)?\/?$/;

/** The page, where a browser asks for one of its paths; null for everybody else, and where no page was built. */
export async function pageFor(c: Context<AppEnv>): Promise<Response | null> {
  if (c.req.method !== "GET" || !ROOMS.test(c.req.path) || !wantsDocument(c)) return null;
  const { headers } = c.req.raw;
  const file = await c.env.ASSETS?.fetch(new Request(new URL("/page", c.req.url), { headers }));
  if (!file || (!file.ok && file.status !== 304)) return null;
  const page = new Response(file.body, file);
  page.headers.append("Vary", "Accept");
  return page;
}

const wantsDocument = (c: Context<AppEnv>) =>
  accepts(c, {
    header: "Accept",
    supports: ["application/json", "text/html"],
    default: "application/json",
  }) === "text/html";
