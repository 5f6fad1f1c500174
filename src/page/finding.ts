import { nextOf, request } from "./api";
import type { SearchResult } from "./types";

/** What was found of which words, and the address of what comes after it. */
export type Found = SearchResult & { words: string; next: string | null };

/** What is looked for is narrowed to a persona, to one side, and to days such as 2026-11-28, these included; "" is no bound. */
export type Narrowed = { persona: string; role: string; from: string; to: string };
export const WIDE: Narrowed = { persona: "", role: "", from: "", to: "" };

/**
 * Messages in which all these words occur, the best first; `address` is that of a page after the first.
 * @throws Failure
 */
export async function search(
  words: string,
  { signal, narrowed = WIDE, address = addressOf(words, narrowed) }: Asked,
): Promise<Found> {
  const response = await request(address, signal && { signal });
  return { ...((await response.json()) as SearchResult), words, next: nextOf(response) };
}

type Asked = { signal?: AbortSignal; narrowed?: Narrowed; address?: string };

function addressOf(words: string, { persona, role, from, to }: Narrowed): string {
  const asked = { q: words, limit: "20", persona_id: persona, role, from: startOf(from), to: startOf(to, 1) };
  return `/chat/search?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ""))}`;
}

/** When a day begins on this device, or one so many days after it; "" for no day. */
function startOf(day: string, later = 0): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + later);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
