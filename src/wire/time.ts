import { z } from "@hono/zod-openapi";

/** Time on the wire: ISO 8601, UTC. */
export const isoTime = (date: Date) => date.toISOString();
export const TimeSchema = z.iso.datetime().openapi({ example: "2026-01-01T12:00:00.000Z" });
