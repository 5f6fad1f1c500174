import { z } from "@hono/zod-openapi";

import { TimeSchema } from "./time";

const COUNTS_EXAMPLE = { imported: 41, already_there: 0, left_out: 1, messages: 1203 };
export const IMPORT_EXAMPLE = {
  id: "imp_0b9b6c0f2f1d4a7e8c35d1f0a2b4c6d8",
  name: "conversations.json",
  state: "running" as const,
  source: "chatgpt" as const,
  bytes: { size: 1_200_000, total: 1_200_000, done: 400_000 },
  counts: COUNTS_EXAMPLE,
  report_lines: 42,
  error: null,
  created_at: "2026-01-01T12:00:00.000Z",
  finished_at: null,
};

export const ImportSchema = z
  .object({
    id: z.string(),
    name: z.string().describe("What the file is called, as you said."),
    state: z.enum(["receiving", "waiting", "running", "done", "failed", "cancelled"]),
    source: z
      .enum(["archive", "chatgpt", "sillytavern", "open_webui", "librechat"])
      .nullable()
      .describe("Whose export it is; null until that is known."),
    bytes: z
      .object({ size: z.int(), total: z.int(), done: z.int() })
      .describe("Of the file; of what is to be read, unpacked; and of that read so far."),
    counts: z
      .object({ imported: z.int(), already_there: z.int(), left_out: z.int(), messages: z.int() })
      .describe("Conversations and personas; and the messages of those that came in."),
    report_lines: z.int().describe("How many lines the report has."),
    error: z.object({ code: z.string(), detail: z.string() }).nullable().describe("Why it failed."),
    created_at: TimeSchema,
    finished_at: TimeSchema.nullable(),
  })
  .openapi("Import", { example: IMPORT_EXAMPLE });

/** The events by which a file is followed; `data` is null where it is forgotten meanwhile. */
export const ImportEventSchema = z
  .object({ event: z.enum(["progress", "done"]), data: ImportSchema.nullable() })
  .openapi("ImportEvent");

export const ImportLineSchema = z
  .object({
    n: z.int(),
    kind: z.enum(["conversation", "persona", "file"]),
    title: z.string(),
    result: z.enum(["imported", "already_there", "left_out"]),
    id: z.int().nullable().describe("What it is here."),
    messages: z.int().nullable(),
    detail: z.string().nullable().describe("Why it was left out, or what of it was."),
  })
  .openapi("ImportLine", {
    example: {
      n: 1,
      kind: "conversation",
      title: "Dinner",
      result: "imported",
      id: 7,
      messages: 12,
      detail: null,
    },
  });
