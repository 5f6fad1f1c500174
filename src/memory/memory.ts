import { answer, type RecallAnswer, type RecallRequest } from "./answer";
import type { Cells } from "./cells";
import { likeness, type Vector } from "./embeddings";
import { openFacts, type FactStore } from "./facts/store";
import type { Said } from "./message";
import { openKept } from "./kept";
import {
  catchUp,
  forgetBefore,
  forgetConversation,
  forgetMessages,
  learn,
  leaveConversation,
  mayReturn,
  type Learner,
  type Lesson,
  type Original,
} from "./learn";
import type { Reading } from "./facts/fact";
import { openUnread, type Batch } from "./reading/unread";
import { FORGOTTEN, openStore, UNREAD, type Disk } from "./store";
import { openVectors } from "./vectors";

/** A conversation that is gone, and the nonce that tells it from another one that has its id. */
export type Gone = { id: number; nonce: string };

export type Memory = ReturnType<typeof openMemory>;

/**
 * The memory of one user and one persona. Each step is one change, which is on the disk when it ends.
 * @param model what embeds, if anything does: its name
 */
export function openMemory(disk: Disk, cells: Cells, model: () => string | null = () => null) {
  const vectors = openVectors(disk, cells);
  const kept = openKept(openStore(disk, cells), vectors);
  const { store, index } = kept;
  const facts = openFacts(disk, cells);
  const unread = openUnread(disk, index);
  const learner = (original: Original): Learner => ({ original, kept, facts });
  /** What changes nothing but here. */
  const here = learner(NOTHING);

  const alike = (asked: Vector) => (id: number) => {
    const vector = vectors.of(id);
    return vector ? likeness(asked, vector) : null;
  };

  /** Whether anything of a conversation is here that is not forgotten. */
  const isHere = (id: number) =>
    (kept.synced.get(id)?.revision ?? UNREAD) !== FORGOTTEN &&
    (kept.synced.get(id)?.revision !== UNREAD || index.talk(id).length > 0 || facts.conversations().has(id));

  /** Reads what the database has and this lacks; what is gone there goes here. */
  async function check(original: Original): Promise<void> {
    const rows = await original.conversations();
    const there = new Set(rows.map(({ id }) => id));
    for (const id of new Set([...kept.synced.keys(), ...index.conversations(), ...facts.conversations()]))
      if (!there.has(id) && isHere(id)) kept.atomically(() => leaveConversation(here, id));
    for (const row of rows) {
      await catchUp(learner(original), row);
      settle();
    }
  }

  /** Leaves no more than may be kept, and what is new as an object that wakes wants to find it. */
  const settle = () =>
    kept.atomically(() => {
      kept.prune();
      kept.bind();
    });

  return {
    check,
    settle,
    /** To be called before every step: reads what is on the disk where that is not what is in memory. */
    open(): void {
      if (kept.isTrue) return;
      store.open();
      facts.open();
      vectors.open();
      unread.open();
      kept.load();
      facts.load();
      vectors.load(model());
    },
    /** False where something is missing between what is known and this. */
    learn: (lesson: Lesson): boolean => learn(here, lesson),
    /** `asked` is what the question means, where that came in time. */
    answer: (request: RecallRequest, asked?: Vector): RecallAnswer =>
      answer(here, request, asked && alike(asked)),
    get hasVectors() {
      return vectors.size > 0;
    },
    /** The newest of which nobody has said what they mean. */
    unembedded(count: number): Said[] {
      const docs = index.docs
        .filter(({ id }) => !vectors.has(id))
        .toSorted((a, b) => b.at - a.at || b.id - a.id);
      return kept.texts(docs.slice(0, count).map(({ id }) => id));
    },
    /** What these mean; whatever was forgotten or has changed meanwhile means nothing. */
    embed: (said: Said[], meanings: Vector[]) =>
      kept.atomically(() => {
        const bodies = new Map(kept.texts(said.map(({ id }) => id)).map(({ id, body }) => [id, body]));
        const entries = said.flatMap(({ id, body }, i) => {
          const vector = meanings[i];
          return vector && bodies.get(id) === body ? [{ id, vector }] : [];
        });
        vectors.add(entries);
      }),
    unread,
    /** What a model has read of a batch: of sources that were forgotten meanwhile nothing is kept. */
    keepReadings: (batch: Batch, readings: Reading[]) =>
      kept.atomically(() => {
        for (const reading of readings)
          if (reading.sourceIds.every((id) => index.get(id) !== undefined)) facts.note(reading);
        unread.done(batch);
      }),
    isOwned: facts.isOwned,
    forgetMessages: (ids: number[]) => kept.atomically(() => forgetMessages(here, ids)),
    /** Whoever had them forgotten takes that back. */
    async restoreMessages(original: Original, conversation: number, ids: number[]): Promise<void> {
      kept.atomically(() => mayReturn(here, conversation, ids));
      await check(original);
    },
    forgetConversations: (gone: Gone[]) =>
      kept.atomically(() => {
        for (const { id, nonce } of gone) forgetConversation(here, id, nonce);
      }),
    leaveConversation: (id: number) => kept.atomically(() => leaveConversation(here, id)),
    forgetBefore: (at: number) => kept.atomically(() => forgetBefore(here, at)),
    async rebuild(original: Original): Promise<void> {
      kept.atomically(() => kept.restart());
      await check(original);
    },
    get size() {
      return index.size;
    },
    listFacts: (past: boolean) => facts.list({ past }),
    /** The user's own hand on a fact. */
    changeFacts: <T>(change: (facts: FactStore) => T): T => kept.atomically(() => change(facts)),
    /** The disk was emptied. */
    close: () => kept.close(),
  };
}

const NOTHING: Original = { conversations: async () => [], branch: async () => [] };
