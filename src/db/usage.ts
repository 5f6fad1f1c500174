import type { Database } from "./client";
import { usageEvents, type NewUsageEvent } from "./schema";

/** Statements that write calls into the ledger, each once however often they are run. */
export const recordUsage = (db: Database, events: NewUsageEvent[]) =>
  events.map((event) => db.insert(usageEvents).values(event).onConflictDoNothing());
