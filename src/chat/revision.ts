import type { Conversation } from "../db/schema";
import { AppError } from "../errors";
import { entityTag } from "../wire/rows";

/** Whether a conversation is as `If-Match` says that it was seen (RFC 9110 §13.1.1); so is any where it says nothing. */
export function isUnchanged(ifMatch: string | undefined, state: Pick<Conversation, "revision">): boolean {
  const tags = ifMatch?.split(",").map((tag) => tag.trim());
  return tags === undefined || tags.includes("*") || tags.includes(entityTag(state));
}

/**
 * Refuses whoever has not seen the newest change of the conversation, and tells them its state.
 * @throws AppError `precondition_failed`
 */
export function assertUnchanged(ifMatch: string | undefined, state: Pick<Conversation, "revision">): void {
  if (isUnchanged(ifMatch, state)) return;
  throw new AppError("precondition_failed", { headers: { ETag: entityTag(state) } });
}
