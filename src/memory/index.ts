import { conversationOfMessage } from "../db/messages";
import { estimateTokens } from "../prompt/tokens";
import { traitsOf, type Traits } from "./traits";
import { wordsOf } from "./words";

/** A message as it is remembered. `at` in milliseconds. */
export type Said = {
  id: number;
  role: "user" | "assistant";
  at: number;
  body: string;
  /** Somebody spoke of a danger to themselves in it: no facts are made of that. */
  isGrave?: boolean;
};

/** A message in the index: its text stands elsewhere. */
export type Doc = Omit<Said, "body" | "isGrave"> & {
  /** The numbers of its words, in their order. */
  words: Int32Array;
  /** By the estimate. */
  tokens: number;
  traits: Traits;
  /** Its place among all, in the order of their ids. */
  place: number;
  session: number;
  /** Its place in its session, from 0. */
  inSession: number;
};

export type MemoryIndex = ReturnType<typeof openIndex>;

/** A pause in a conversation that begins a new session. Milliseconds. */
const SESSION_PAUSE_MS = 6 * 60 * 60_000;

/** The words of everything said with a persona, in memory: which messages have them, and how rare they are. */
export function openIndex() {
  const docs: Doc[] = [];
  const known = new Map<number, Doc>();
  const vocabulary = new Map<string, number>();
  const postings: Map<Doc, number>[] = [];
  let view: View | null = null;

  const numberOf = (word: string) => {
    const known = vocabulary.get(word);
    if (known !== undefined) return known;
    vocabulary.set(word, postings.length);
    return postings.push(new Map()) - 1;
  };

  return {
    get size() {
      return docs.length;
    },
    has: (id: number) => known.has(id),
    get: (id: number) => known.get(id),
    /** The first one from this id on. */
    firstFrom: (id: number) => docs[placeFor(docs, id)],
    add(said: Said): void {
      if (known.has(said.id)) return;
      const doc = docOf(said, numberOf);
      docs.splice(placeFor(docs, said.id), 0, doc);
      known.set(said.id, doc);
      for (const word of doc.words) postings[word]?.set(doc, (postings[word].get(doc) ?? 0) + 1);
      view = null;
    },
    remove(id: number): void {
      const doc = known.get(id);
      if (!doc) return;
      known.delete(id);
      docs.splice(placeFor(docs, id), 1);
      for (const word of doc.words) postings[word]?.delete(doc);
      view = null;
    },
    clear(): void {
      docs.length = postings.length = 0;
      known.clear();
      vocabulary.clear();
      view = null;
    },
    /** What ranking reads. Made anew after a change: it depends on what is there, not on how it came to be. */
    view: (): View => (view ??= viewOf(docs, vocabulary, postings)),
  };
}

function docOf({ id, role, at, body }: Said, numberOf: (word: string) => number): Doc {
  const words = Int32Array.from(wordsOf(body), numberOf);
  const unplaced = { place: 0, session: 0, inSession: 0 };
  return { id, role, at, words, tokens: estimateTokens(body), traits: traitsOf(body), ...unplaced };
}

/** Where an id stands or would stand. Most are the newest. */
function placeFor(docs: Doc[], id: number): number {
  let [low, high] = [0, docs.length];
  if ((docs.at(-1)?.id ?? -1) < id) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((docs[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a word stands: the places of its messages, and how often in each. */
export type Posting = { places: Int32Array; counts: Int32Array };

/** What ranking reads; by the number of a word, of a session, or by a message's place. Lengths in words. */
export type View = {
  docs: readonly Doc[];
  vocabulary: ReadonlyMap<string, number>;
  posting: (word: number) => Posting;
  idf: Float64Array;
  lengths: Float64Array;
  averageLength: number;
  sessions: Int32Array;
  sessionLengths: number[];
  averageSession: number;
  /** How much a message's words say: the sum of their rarity. */
  information: Float64Array;
};

function viewOf(docs: Doc[], vocabulary: Map<string, number>, postings: Map<Doc, number>[]): View {
  const sessionLengths = placeAll(docs);
  const words = sessionLengths.reduce((sum, length) => sum + length, 0);
  const idf = Float64Array.from(postings, ({ size }) => idfOf(size, docs.length));
  return {
    docs,
    vocabulary,
    posting: postingReader(postings),
    idf,
    lengths: Float64Array.from(docs, (doc) => doc.words.length),
    averageLength: words / Math.max(1, docs.length),
    sessions: Int32Array.from(docs, ({ session }) => session),
    sessionLengths,
    averageSession: words / Math.max(1, sessionLengths.length),
    information: Float64Array.from(docs, (doc) => doc.words.reduce((sum, word) => sum + (idf[word] ?? 0), 0)),
  };
}

/** Postings as plain numbers, made when a word is first asked for. */
function postingReader(postings: Map<Doc, number>[]): (word: number) => Posting {
  const made = new Map<number, Posting>();
  return (word) => {
    const found = made.get(word) ?? toPosting(postings[word] ?? new Map<Doc, number>());
    made.set(word, found);
    return found;
  };
}

const toPosting = (posting: Map<Doc, number>): Posting => ({
  places: Int32Array.from(posting.keys(), ({ place }) => place),
  counts: Int32Array.from(posting.values()),
});

/** Robertson and Spärck Jones, as Lucene smooths it: never negative. */
const idfOf = (count: number, of: number) => Math.log(1 + (of - count + 0.5) / (count + 0.5));

/** Gives every message its place and its session; the sessions' lengths. */
function placeAll(docs: Doc[]): number[] {
  const lengths: number[] = [];
  docs.forEach((doc, place) => {
    const before = docs[place - 1];
    const isNew = !before || !isOneSession(before, doc);
    doc.place = place;
    doc.inSession = isNew ? 0 : before.inSession + 1;
    doc.session = isNew ? lengths.push(0) - 1 : before.session;
    lengths[doc.session] = (lengths[doc.session] ?? 0) + doc.words.length;
  });
  return lengths;
}

const isOneSession = (before: Doc, doc: Doc) =>
  conversationOfMessage(before.id) === conversationOfMessage(doc.id) && doc.at - before.at < SESSION_PAUSE_MS;
