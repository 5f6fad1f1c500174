import { nextOf, request } from "./api";
import type { SearchResult } from "./types";

/** What was found, and the address of what comes after it. */
export type Found = SearchResult & { next: string | null };

/**
 * Messages in which all these words occur, the best first.
 * @throws Failure
 */
export const search = (words: string, signal: AbortSignal): Promise<Found> =>
  readFound(`/chat/search?${new URLSearchParams({ q: words, limit: "20" })}`, signal);

/** @throws Failure */
export async function readFound(address: string, signal?: AbortSignal): Promise<Found> {
  const response = await request(address, signal && { signal });
  return { ...((await response.json()) as SearchResult), next: nextOf(response) };
}
