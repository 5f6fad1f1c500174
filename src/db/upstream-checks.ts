import { lt } from "drizzle-orm";

import type { Database } from "./client";
import { upstreamChecks } from "./schema";

const THE_ROW = 1;

/** Takes the right to check, if nobody did since `before`: a row for the one who has it, none for everybody else. */
export const claimUpstreamCheck = (db: Database, now: Date, before: Date) =>
  db
    .insert(upstreamChecks)
    .values({ id: THE_ROW, checkedAt: now })
    .onConflictDoUpdate({
      target: upstreamChecks.id,
      set: { checkedAt: now },
      setWhere: lt(upstreamChecks.checkedAt, before),
    })
    .returning({ state: upstreamChecks.state });

export const recordUpstreamCheck = (db: Database, state: string) => db.update(upstreamChecks).set({ state });

export const lastUpstreamCheck = (db: Database) => db.select().from(upstreamChecks);
