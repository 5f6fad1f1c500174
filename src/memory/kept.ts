import { openIndex } from "./index";
import { digest, type Doc, type Said } from "./message";
import { UNREAD, type Chapter, type MemoryStore, type Pack, type Synced } from "./store";
import type { Vectors } from "./vectors";

/** More messages than this are not kept: 26 MB of the 128 that an isolate has. */
export const MAX_KEPT = 20_000;
/** So many more leave where one has to, so that it does not happen with every turn. */
const SPARE = 256;
/** What makes a row: a recall reads some fifty of them, a long history is written in few. Messages, and characters. */
const PACK = { messages: 8, characters: 16_000 };
/** How much stands in a chapter: messages, and words. */
const CHAPTER = { messages: 256, words: 50_000 };
/** How many rows are read at once. */
const PAGE = 500;

export type Kept = ReturnType<typeof openKept>;

/** What is kept of what was said, on the disk and in memory: each change is one of both. */
export function openKept(store: MemoryStore, vectors: Vectors) {
  const index = openIndex();
  const synced = new Map<number, Synced>();
  let chapters = 0;
  /** Whether the memory is as the disk is. */
  let isTrue = false;

  function load(): void {
    index.clear();
    synced.clear();
    const packs = store.packs();
    for (const row of store.synced(packs)) synced.set(row.conversation, row);
    const unread = new Set(packs.map(({ id }) => id));
    for (const chapter of store.chapters()) readChapter(chapter).forEach((pack) => unread.delete(pack));
    for (const ids of piecesOf([...unread], PAGE))
      for (const pack of store.read(ids)) for (const said of pack.said) index.add(digest(said), pack.id);
    isTrue = true;
  }

  function readChapter({ id, digests }: Chapter): Set<number> {
    chapters = Math.max(chapters, id);
    for (const { pack, ...digest } of digests) index.add(digest, pack, id);
    return new Set(digests.map(({ pack }) => pack));
  }

  /** Adds what follows each other in a conversation, which it completes at this revision; 0 where it does not. */
  function save(said: Said[], revision: number): void {
    const packs = packsOf(said);
    packs.forEach((pack, i) => store.save({ ...pack, revision: i === packs.length - 1 ? revision : 0 }));
    for (const pack of packs) for (const one of pack.said) index.add(digest(one), pack.id);
  }

  function drop(ids: number[]): void {
    const gone = new Set(ids.flatMap((id) => index.get(id) ?? []));
    if (gone.size === 0) return;
    const [chapters, packs] = [new Set<number>(), new Set<number>()];
    for (const { chapter, pack } of gone) {
      chapters.add(chapter);
      packs.add(pack);
    }
    tear(chapters);
    shrink(packs, gone);
    vectors.drop([...gone].map(({ id }) => id));
    index.remove([...gone]);
  }

  /** These chapters are written anew in time. */
  function tear(chapters: Set<number>): void {
    store.dropChapters([...chapters]);
    for (const doc of index.docs) if (chapters.has(doc.chapter)) doc.chapter = 0;
  }

  function shrink(packs: Set<number>, gone: Set<Doc>): void {
    const left = new Set(
      index.docs.flatMap((doc) => (packs.has(doc.pack) && !gone.has(doc) ? doc.pack : [])),
    );
    store.drop([...packs].filter((pack) => !left.has(pack)));
    const isGone = new Set([...gone].map(({ id }) => id));
    for (const pack of store.read([...left]))
      store.save({ ...pack, said: pack.said.filter(({ id }) => !isGone.has(id)) });
  }

  /** Leaves no more than may be kept, the newest. The ids of the others. */
  function prune(): number[] {
    if (index.size <= MAX_KEPT) return [];
    const oldest = index.docs.toSorted((a, b) => a.at - b.at || a.id - b.id);
    const ids = oldest.slice(0, index.size - MAX_KEPT + SPARE).map(({ id }) => id);
    drop(ids);
    return ids;
  }

  /** Writes down what a search has of what was added, once there is enough of it. */
  function bind(): void {
    const loose = index.docs.filter(({ chapter }) => chapter === 0).toSorted((a, b) => a.pack - b.pack);
    for (let from = 0; loose.length - from >= CHAPTER.messages;) {
      const docs = chapterOf(loose, from);
      from += docs.length;
      chapters++;
      store.saveChapter({
        id: chapters,
        digests: docs.map((doc) => ({ ...index.digestOf(doc), pack: doc.pack })),
      });
      for (const doc of docs) doc.chapter = chapters;
    }
  }

  return {
    store,
    index,
    load,
    get isTrue() {
      return isTrue;
    },
    /** All that a step changes is changed, or nothing, and then everything has to be read again. */
    atomically<T>(step: () => T): T {
      isTrue = false;
      const result = store.atomically(step);
      isTrue = true;
      return result;
    },
    save,
    drop,
    prune,
    bind,
    synced: synced as ReadonlyMap<number, Synced>,
    /** Whether nothing can be added but in the place of what is older. */
    isFull: () => index.size >= MAX_KEPT - SPARE,
    /** What of these is there, word for word, in the order of their ids. */
    texts(ids: number[]): Said[] {
      const wanted = new Set(ids);
      const packs = new Set(ids.flatMap((id) => index.get(id)?.pack ?? []));
      const said = store.read([...packs]).flatMap((pack) => pack.said);
      return said.filter(({ id }) => wanted.has(id)).toSorted((a, b) => a.id - b.id);
    },
    /** A conversation is known as far as this; whether a row has to say so, since no pack does. */
    sync(row: Synced, isWritten: boolean): void {
      synced.set(row.conversation, row);
      if (!isWritten) store.sync(row);
    },
    /** All of it is to be read again; whose id it is stays known. */
    unsync(conversation: number): void {
      const known = synced.get(conversation);
      if (known) this.sync({ ...known, revision: UNREAD }, false);
    },
    restart(): void {
      store.restart();
      vectors.clear();
      load();
    },
    close(): void {
      isTrue = false;
      index.clear();
    },
  };
}

function packsOf(said: Said[]): Pack[] {
  const packs: Pack[] = [];
  let room = 0;
  for (const one of said) {
    const last = packs.at(-1);
    room -= one.body.length;
    if (last && room >= 0 && last.said.length < PACK.messages) last.said.push(one);
    else {
      packs.push({ id: one.id, revision: 0, said: [one] });
      room = PACK.characters - one.body.length;
    }
  }
  return packs;
}

/** As many messages as make a chapter, whole packs. */
function chapterOf(loose: Doc[], from: number): Doc[] {
  let [end, words] = [from, 0];
  const isFull = () => end - from >= CHAPTER.messages || words >= CHAPTER.words;
  while (end < loose.length && (!isFull() || loose[end]?.pack === loose[end - 1]?.pack))
    words += loose[end++]?.words.length ?? 0;
  return loose.slice(from, end);
}

function* piecesOf<T>(all: T[], size: number): Generator<T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}
