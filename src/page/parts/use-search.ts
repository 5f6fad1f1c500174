import { useEffect, useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";
import { search, type Found, type Narrowed } from "../finding";

/** As long as a search waits for the next letter. Milliseconds. */
const PAUSE_MS = 120;
/** A search that was not over all conversations is made again after this. Milliseconds. */
const AGAIN_MS = 1500;

/** What is found while one types: what there was stays until there is something new, and only the newest answer counts. */
export function useSearch(words: string, narrowed: Narrowed) {
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const { signal, abort } = stoppable();
    const ask = async () => {
      try {
        const answer = await search(words, { signal, narrowed });
        if (signal.aborted) return;
        setFound(answer);
        setFailure(null);
        if (!answer.complete) timer = setTimeout(() => void ask(), AGAIN_MS);
      } catch (error) {
        if (!signal.aborted) setFailure(toFailure(error));
      }
    };
    let timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort();
    };
  }, [words, narrowed, times]);
  const more = async () => {
    if (!found?.next) return;
    try {
      const page = await search(found.words, { address: found.next });
      setFound((now) => (now === found ? { ...page, hits: [...found.hits, ...page.hits] } : now));
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  return { found, failure, more, again: () => setTimes(times + 1) };
}

function stoppable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
