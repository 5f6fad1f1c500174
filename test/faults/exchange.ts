import type { House, Rows, Talk } from "./house.ts";
import type { Verdict } from "./verdict.ts";

/** `bills`: as many as calls, unless a crash came between the two. */
type Expected = { text: string; status: string; calls?: number; bills?: number };

/** Holds one exchange against the database and the upstream: said once, answered once, asked once, billed once. */
export async function checkExchange(
  verdict: Verdict,
  { house, talk, content }: { house: House; talk: Pick<Talk, "rows">; content: string },
  { text, status, calls = 1, bills = calls }: Expected,
): Promise<Rows> {
  const rows = await talk.rows();
  const questions = rows.messages.filter((row) => row.role === "user" && row.content === content);
  verdict.count("user messages", questions.length);
  const replies = rows.messages.filter((row) => row.role === "assistant" && row.id - 1 === questions[0]?.id);
  verdict.count("replies", replies.length);
  verdict.text("the reply", replies[0]?.content ?? "", text);
  verdict.must(status, replies[0]?.status === status, replies[0]?.status);
  verdict.count("upstream calls", house.callsFor(content).length, calls);
  // A turn that the database refused before may have had the same number; its bills have a name more.
  const billed = rows.ledger.filter(({ id }) => new RegExp(`^${replies[0]?.id}/\\d+$`).test(id));
  verdict.count("bills", billed.length, bills);
  return rows;
}
