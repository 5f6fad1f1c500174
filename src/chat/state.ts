import type { OwnAllowances } from "../db/allowances";
import { isSameCaller, retried, type Caller, type Database } from "../db/client";
import { latestMessages, messageCountBefore } from "../db/messages";
import type { UserSafety } from "../db/safety";
import type { ContextReport, Conversation, Message, Speaker } from "../db/schema";
import { MAX_ENTRIES, extendWindow, toWindow, type Window } from "../prompt/history";
import { bytesFor } from "../prompt/tokens";
import type { TurnStore } from "./turn-store";

/** What a turn begins with that somebody else may change: the conversation itself is the object's own. */
export type Snapshot = {
  persona: Speaker;
  allowances: OwnAllowances;
  safety: UserSafety;
  /** Whether the user has said something to the persona elsewhere, too. */
  hasOthers: boolean;
};

/** What the last turn began with, and whether its allowances left so much that the next one need not be asked about first. */
type Foresight = { snapshot: Snapshot; hasPlenty: boolean };

export type StateOwner = ReturnType<typeof openState>;

/** What the object knows of its conversation without asking: where it stands, its window, what the last turn began with. */
export function openState(db: Database, store: TurnStore) {
  let current: Conversation | null = null;
  let window: Window | null = null;
  let known: ({ caller: Caller } & Foresight) | null = null;
  let changes = 0;

  const forget = () => {
    current = window = known = null;
  };

  async function findWindow(
    state: Conversation,
    budget: number,
    read: Message[] | null,
  ): Promise<SourcedWindow> {
    if (window && window.budget >= budget) return { window, source: "memory" };
    if (state.headMessageId === null) return { window: toWindow([], 0, budget), source: "d1" };
    const rows =
      read ?? (await retried(async () => latestMessages(db, state, stretchOf(budget, state.tokenRatio))));
    const before = await countBefore(db, state, rows[0]);
    return { window: toWindow(rows, before, budget), source: "d1" };
  }

  return {
    /** Takes over the database's word unless what is known is newer; what another conversation left is forgotten. */
    async sync(row: Conversation): Promise<Conversation> {
      const stored = store.nonce();
      if (stored !== null && stored !== row.nonce) {
        await store.clear();
        forget();
      }
      if (current && current.nonce === row.nonce && current.revision > row.revision) return current;
      // A new title or persona is no change of the messages: their window stays.
      if (current?.nonce !== row.nonce || current.revision < row.revision) window = null;
      return (current = row);
    },
    /** Where the conversation stands as far as is known without asking. */
    get current() {
      return current;
    },
    /** What the caller's last turn here began with, if that was theirs and nothing has changed since: to be used once. */
    takeSnapshot(caller: Caller): Foresight | null {
      const taken = known && isSameCaller(known.caller, caller) ? known : null;
      if (taken) known = null;
      return taken;
    },
    /** Whether the caller's next turn needs nothing of the database to begin. */
    isReadyFor: (caller: Caller) => window !== null && known !== null && isSameCaller(known.caller, caller),
    /** To be called before the database is asked: what is learnt holds only if nobody said `invalidate` meanwhile. */
    learning() {
      const begun = changes;
      return (caller: Caller, snapshot: Snapshot, hasPlenty: boolean) => {
        if (begun === changes) known = { caller, snapshot, hasPlenty };
      };
    },
    /** What the last turn began with is no longer true: the next one asks first. */
    invalidate() {
      changes++;
      known = null;
    },
    /** The window in force: from memory, else from these rows of the database, the end of the branch. */
    window: findWindow,
    /** Keeps the window in memory before a turn wants it. */
    async holdWindow(state: Conversation, budget: number, read: Message[] | null): Promise<void> {
      window = (await findWindow(state, budget, read)).window;
    },
    /** The window in force, if it is in memory. */
    heldWindow: () => window,
    /** Whether the window is in memory. */
    hasWindow: () => window !== null,
    /** A turn has ended: the next one finds its window in memory. */
    advance(row: Conversation, before: Window | null, said: Message[], ratio: number): void {
      current = row;
      window = before && extendWindow(before, said, ratio);
    },
    /** A message was taken out: what was said before stands in no window any more. */
    retract(row: Conversation | null): void {
      current = row;
      window = null;
    },
    /** The conversation is gone: nothing of it is remembered. */
    forget,
  };
}

type SourcedWindow = { window: Window; source: ContextReport["source"] };

/** How much of a branch is read to fill a prompt. */
export const stretchOf = (budget: number, ratio: number) => ({
  count: MAX_ENTRIES,
  bytes: bytesFor(budget, ratio),
});

/** How many messages of its branch stand before a stretch that begins with this one. */
export async function countBefore(
  db: Database,
  { id, deletedMessages }: Conversation,
  first: Message | undefined,
): Promise<number> {
  if (!first || first.parentId === null) return 0;
  if (deletedMessages === 0) return first.depth;
  const { parentId } = first;
  const [counted] = await retried(() => messageCountBefore(db, id, parentId));
  return counted?.count ?? first.depth;
}
