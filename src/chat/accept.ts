import { retried } from "../db/client";
import { conversationById } from "../db/conversations";
import type { Conversation } from "../db/schema";
import { AppError } from "../errors";
import { entityTag } from "../wire/rows";
import type { Owners } from "./owners";

/** A change's answer, and the state of the conversation that it leaves. */
export const answer = (row: Conversation, body: object) =>
  Response.json(body, { headers: { ETag: entityTag(row) } });

/** Takes over what the database says after a change: what was said before stands in no window any more. */
function accept({ state, turns }: Owners, row: Conversation | undefined): Conversation {
  state.retract(row ?? null);
  turns.latest = null;
  if (!row) throw new AppError("not_found", { detail: "Conversation not found" });
  return row;
}

/** The conversation after a batch, which moves it but once: an earlier try may have done it. */
export async function rowAfter(
  owners: Owners,
  id: number,
  moved: Conversation | undefined,
): Promise<Conversation> {
  const [row] = moved ? [moved] : await retried(() => conversationById(owners.db, id));
  return accept(owners, row);
}
