import { conversationOfMessage } from "../db/messages";
import { monthNumber } from "./dates";
import { logOf, logOfHalf } from "./logarithms";
import type { Digest, Doc } from "./message";
import { openSessions, placeFor } from "./sessions";
import { openWords, type Words } from "./vocabulary";

/** What ranking reads, by a message's place or the number of a word or session. Lengths in words. */
export type View = Pick<Words, "numbers" | "postings" | "spelled" | "familyOf"> & {
  docs: readonly Doc[];
  averageLength: number;
  sessionLengths: readonly number[];
  averageSession: number;
  rarities: () => Rarities;
};

/** How rare each word is, and how much each message's words say: the sum of their rarity. */
export type Rarities = { idf: Float64Array; information: Float64Array };

export type MemoryIndex = ReturnType<typeof openIndex>;

/** Where more than these leave at once, the rest is put together anew. */
const MANY = 64;

/**
 * The words of everything said with a persona, in memory: which messages have them, and how rare they are. It grows by the
 * message, and depends on what is there, not on how it came to be.
 */
export function openIndex() {
  const docs: Doc[] = [];
  const known = new Map<number, Doc>();
  const words = openWords();
  const sessions = openSessions();
  let total = 0;
  let view: View | null = null;

  function insert(digest: Digest, pack: number, chapter: number): void {
    const doc = toDoc(digest, { place: docs.length, pack, chapter }, words.numberOf);
    docs.push(doc);
    known.set(doc.id, doc);
    words.add(doc);
    sessions.add(doc);
    total += doc.words.length;
  }

  function removeOne(doc: Doc): void {
    known.delete(doc.id);
    words.remove(doc);
    sessions.remove(doc);
    total -= doc.words.length;
    const last = docs.pop();
    if (!last || last === doc) return;
    words.move(last, doc.place);
    docs[doc.place] = last;
    last.place = doc.place;
  }

  function clear(): void {
    docs.length = total = 0;
    known.clear();
    words.clear();
    sessions.clear();
    view = null;
  }

  function keepOnly(kept: Doc[]): void {
    const digests = kept.map((doc) => ({ ...doc, digest: toDigest(doc, words.spelled) }));
    clear();
    for (const { digest, pack, chapter } of digests) insert(digest, pack, chapter);
  }

  return {
    get size() {
      return docs.length;
    },
    docs: docs as readonly Doc[],
    get: (id: number) => known.get(id),
    conversations: sessions.conversations,
    /** Those of a conversation, in the order of its branch. */
    talk: sessions.of,
    /** The first one of a conversation from this id on. */
    firstFrom(id: number): Doc | undefined {
      const talk = sessions.of(conversationOfMessage(id));
      return talk[placeFor(talk, id)];
    },
    add(digest: Digest, pack = digest.id, chapter = 0): void {
      if (known.has(digest.id)) return;
      view = null;
      insert(digest, pack, chapter);
    },
    remove(some: Doc[]): void {
      view = null;
      const gone = new Set(some);
      if (gone.size > MANY) return keepOnly(docs.filter((doc) => !gone.has(doc)));
      for (const doc of gone) removeOne(doc);
    },
    clear,
    digestOf: (doc: Doc) => toDigest(doc, words.spelled),
    /** What ranking reads. */
    view: (): View =>
      (view ??= {
        ...words,
        docs,
        averageLength: total / Math.max(1, docs.length),
        sessionLengths: sessions.lengths,
        averageSession: total / Math.max(1, sessions.count),
        rarities: once(() => raritiesOf(docs, words.postings)),
      }),
  };
}

function toDoc(
  { words, ...digest }: Digest,
  where: Pick<Doc, "place" | "pack" | "chapter">,
  numberOf: (word: string) => number,
): Doc {
  const numbers = Int32Array.from(words, numberOf);
  const unlinked = { worth: NaN, session: 0, inSession: 0, previous: null, next: null };
  return { ...digest, ...where, words: numbers, month: monthNumber(digest.at), ...unlinked };
}

const toDigest = ({ id, role, at, words, tokens, traits }: Doc, spelled: readonly string[]): Digest => ({
  id,
  role,
  at,
  words: Array.from(words, (word) => spelled[word] ?? ""),
  tokens,
  traits,
});

/** Robertson and Spärck Jones, as Lucene smooths it: never negative. */
export const idfOf = (count: number, of: number) => logOf(of + 1) - logOfHalf(count);

function raritiesOf(docs: readonly Doc[], postings: Words["postings"]): Rarities {
  const idf = new Float64Array(postings.length);
  for (let word = 0; word < idf.length; word++) idf[word] = idfOf(postings[word]?.length ?? 0, docs.length);
  const information = new Float64Array(docs.length);
  for (const { words, place } of docs) {
    let sum = 0;
    for (let i = 0; i < words.length; i++) sum += idf[words[i] ?? 0] ?? 0;
    information[place] = sum;
  }
  return { idf, information };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
