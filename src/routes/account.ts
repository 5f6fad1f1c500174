import { z } from "@hono/zod-openapi";

import { batchAs, retried, type Caller, type Database } from "../db/client";
import { sourcesOf } from "../db/imports";
import { messageId } from "../db/messages";
import { byteStream } from "../http/byte-stream";
import { ok, contract } from "../http/contract";
import { jsonLines } from "../http/json-lines";
import { AllowanceSchema } from "../wire/allowance";
import { toFact } from "../wire/memory";
import { isoTime } from "../wire/time";
import { newRouter } from "../http/router";
import { signedInUser } from "../identity/account";
import { memoryOf } from "../memory/client";
import { exportPages, positionOf } from "../identity/export";
import { archiveOf } from "../interchange/archive-zip";
import { allowancesOf, type AllowanceState, type Counted } from "../usage/allowances";

const tags = ["Account"];

/** What a user may use, and what is kept of them. */
export const account = newRouter();

/** @param unit how many make one on the wire: a million micro-dollars are a dollar */
const toAllowance = ({ limit, used, reserved, resetsAt }: AllowanceState, unit = 1) => ({
  limit: limit === 0 ? null : limit / unit,
  used: used / unit,
  reserved: reserved / unit,
  remaining: limit === 0 ? null : Math.max(0, limit - used - reserved) / unit,
  resets_at: isoTime(resetsAt),
});

const toCounted = ({ limit, used }: Counted) => ({ limit: limit === 0 ? null : limit, used });

const MICROS = 1_000_000;

account.openapi(
  contract({
    method: "get",
    path: "/me/allowance",
    operationId: "getAllowance",
    access: "read",
    tags,
    summary: "What you may use today and this month (UTC), and what you have used",
    responses: ok(AllowanceSchema, "Tokens are those of prompts and completions together."),
  }),
  async (c) => {
    const { states: all, turns, room } = await allowancesOf(c.get("db"), c.get("caller"), c.get("config"));
    const body = {
      daily_tokens: toAllowance(all.daily_tokens),
      monthly_tokens: toAllowance(all.monthly_tokens),
      daily_cost_usd: toAllowance(all.daily_cost, MICROS),
      monthly_cost_usd: toAllowance(all.monthly_cost, MICROS),
      running_turns: toCounted(turns),
      personas: toCounted(room.personas),
      conversations: toCounted(room.conversations),
      stored_bytes: toCounted(room.storedBytes),
    };
    return c.json(body, 200);
  },
);

const EXPORT_EXAMPLE = `{"type":"user","id":1,"email":"user@example.com",…}
{"type":"persona","id":1,"name":"Alex",…}
{"type":"conversation","id":1,"title":"First Chat with Alex",…}
{"type":"message","id":1048577,"conversation_id":1,"role":"user","content":"Hi!",…}
{"type":"end","counts":{"user":1,"session":1,"api_key":0,"persona":1,"conversation":1,"message":1,"usage_event":0,"safety_event":0,"safety_complaint":0,"client_notes":0}}
`;

const ZIP = {
  "Content-Type": "application/zip",
  "Content-Disposition": 'attachment; filename="archive.zip"',
};

const askedOf = (db: Database, caller: Caller) => ({
  baseOf: (id: number) => messageId(id, 0),
  rawOf: async (ids: number[]) => {
    const [rows] = await retried(() => batchAs(db, caller, [sourcesOf(db, caller.userId, ids)]));
    return new Map(rows.map(({ id, raw }) => [id, JSON.parse(raw) as unknown[]]));
  },
});

const CursorParameter = z
  .string()
  .max(400, "must have at most 400 characters")
  .transform((text, context) => {
    const position = positionOf(text);
    if (position) return position;
    context.addIssue({ code: "custom", message: "must be the cursor of an export's last line" });
    return z.NEVER;
  })
  .openapi({
    type: "string",
    maxLength: 400,
    description: "Where to go on: the `cursor` of the last line of the part before.",
    example: "WyJjb252ZXJzYXRpb25zIiwwXQ",
  });

account.openapi(
  contract({
    method: "get",
    path: "/me/export",
    operationId: "exportAccount",
    access: "account",
    rate: "credentials",
    tags,
    summary: "Everything that is kept of you, as JSON Lines",
    request: {
      query: z.object({
        cursor: CursorParameter.optional(),
        format: z
          .enum(["jsonl", "zip"], { error: "must be one of jsonl, zip" })
          .default("jsonl")
          .openapi({ example: "jsonl" })
          .describe(
            "`zip`: personas, conversations and the ledger as an archive that `POST /imports` takes. Its last file is " +
              "`end.json`, or `continue.json` with the `cursor` of the next archive; each can be brought in by itself.",
          ),
      }),
    },
    responses: {
      200: {
        description:
          "One object a line, its kind in `type`: user, session, api_key, tag (folders, too), persona, persona_card (JSON as text), persona_file (Base64), fact (what a persona knows of you), conversation, message (of all " +
          "branches), usage_event, safety_event, safety_complaint (reports and appeals), client_notes (what clients of OpenAI's API keep with replies and conversations), share (what links show). The line `end` counts the others and is there only if all of them are. Beyond about " +
          "80,000 lines the line `continue` stands in its place: the same path with its `cursor` gives what follows, " +
          "which has the other lines and counts. What changes meanwhile may come as it was or as it is.",
        content: {
          "application/x-ndjson": { schema: z.string().openapi({ example: EXPORT_EXAMPLE }) },
          "application/zip": { schema: z.string().openapi({ format: "binary", example: "(its bytes)" }) },
        },
      },
    },
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { cursor: from = null, format } = c.req.valid("query");
    const user = await signedInUser(db, caller);
    if (format === "zip") {
      const pages = exportPages(db, caller, user, { from, isWhole: true, bucket: c.env.FILES });
      return c.body(byteStream(archiveOf(pages, askedOf(db, caller))), 200, ZIP) as never;
    }
    const factsOf = async (personaId: number) => {
      const owner = { userId: caller.userId, personaId };
      return (await memoryOf(c.env, owner).knownFacts(owner, true)).map(toFact);
    };
    const pages = exportPages(db, caller, user, { from, factsOf, bucket: c.env.FILES });
    const headers = {
      "Content-Type": "application/x-ndjson",
      "Content-Disposition": 'attachment; filename="export.jsonl"',
    };
    // No contract can check a stream while compiling.
    return c.body(jsonLines(pages), 200, headers) as never;
  },
);
