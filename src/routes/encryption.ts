import { z } from "@hono/zod-openapi";

import { MAX_STORED_MS } from "../chat/client";
import { batchAs, one, retried, type Database } from "../db/client";
import { currentProgress, lastIds, othersRemovableAt, progressOf } from "../db/encryption";
import type { EncryptionProgress } from "../db/schema";
import { contract, ok } from "../http/contract";
import { newRouter } from "../http/router";
import { isoTime, TimeSchema } from "../wire/time";

/** Which keys what is stored needs, and how far the change to another one has come. */
export const encryption = newRouter();

const KeySchema = z.object({
  id: z.string().describe("A name made of the key, which says nothing of it."),
  use: z
    .enum(["encrypts", "needed", "removable", "missing"])
    .describe(
      "`needed`: may still be what something is encrypted with. `missing`: needed, but not configured.",
    ),
});
const PartSchema = z.object({
  part: z.string().describe("A table and its column."),
  rewritten: z.int().describe("Texts that were rewritten for the key that encrypts now."),
  pass: z.number().min(0).max(1).describe("How far the pass under way has come; 0 between two."),
  key_missing: z.int().describe("Texts of the pass under way whose key is missing."),
  damaged: z.int().describe("Texts of the last pass that no key opens."),
  finished_at: TimeSchema.nullable().describe("When a pass found nothing left to rewrite."),
});

encryption.openapi(
  contract({
    method: "get",
    path: "/encryption",
    operationId: "getEncryption",
    access: "admin",
    tags: ["Administration"],
    summary: "Show which keys are needed, and how far a change of them has come",
    responses: ok(
      z
        .object({
          keys: z.array(KeySchema).describe("Those of ENCRYPTION_KEY, and those it lacks."),
          parts: z.array(PartSchema).describe("Empty where nothing was rewritten yet."),
          others_removable_at: TimeSchema.nullable().describe(
            "From when on only the key that encrypts is needed; null as long as that cannot be said.",
          ),
        })
        .openapi("Encryption", {
          example: {
            keys: [
              { id: "kV7Dsl2M", use: "encrypts" },
              { id: "Qm3xW-0a", use: "needed" },
            ],
            parts: [
              {
                part: "chat_messages.content",
                rewritten: 1200,
                pass: 0.25,
                key_missing: 0,
                damaged: 0,
                finished_at: null,
              },
            ],
            others_removable_at: null,
          },
        }),
      "The state of the encryption.",
    ),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows, last] = await retried(() => batchAs(db, caller, [progressOf(db), lastIds(db)]));
    const current = currentProgress(db, rows);
    const removableAt = othersRemovableAt(current, MAX_STORED_MS);
    const ids = one(last);
    return c.json(
      {
        keys: keysOf(db, rows, removableAt),
        parts: current.map((row) => toPart(row, ids[row.part] ?? 0)),
        others_removable_at: removableAt === null ? null : isoTime(new Date(removableAt)),
      },
      200,
    );
  },
);

function keysOf({ vault }: Database, rows: EncryptionProgress[], removableAt: number | null) {
  const isFree = removableAt !== null && removableAt <= Date.now();
  const use = (id: string) => {
    if (id === vault.sealsWith) return "encrypts" as const;
    return isFree ? ("removable" as const) : ("needed" as const);
  };
  const lacking = new Set(rows.map(({ form }) => form).filter((form) => form !== "none" && !vault.has(form)));
  return [
    ...vault.keys.map((id) => ({ id, use: use(id) })),
    ...(isFree ? [] : Array.from(lacking, (id) => ({ id, use: "missing" as const }))),
  ];
}

const toPart = (row: EncryptionProgress, lastId: number) => ({
  part: row.part,
  rewritten: row.rewritten,
  pass: lastId === 0 ? 0 : Math.min(1, row.cursor / lastId),
  key_missing: row.locked,
  damaged: row.damaged,
  finished_at: row.finishedAt && isoTime(row.finishedAt),
});
