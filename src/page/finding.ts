import { nextOf, request } from "./api";
import type { SearchResult } from "./types";

/** What was found of which words, and the address of what comes after it. */
export type Found = SearchResult & { words: string; next: string | null };

/**
 * Messages in which all these words occur, the best first; `address` is that of a page after the first.
 * @throws Failure
 */
export async function search(words: string, { signal, address = addressOf(words) }: Asked): Promise<Found> {
  const response = await request(address, signal && { signal });
  return { ...((await response.json()) as SearchResult), words, next: nextOf(response) };
}

type Asked = { signal?: AbortSignal; address?: string };
const addressOf = (words: string) => `/chat/search?${new URLSearchParams({ q: words, limit: "20" })}`;
