import type { Lesson, Original, Source } from "../../src/memory/learn.ts";
import { toSaid } from "../../src/memory/learn.ts";
import type { Batch } from "../../src/memory/reading/unread.ts";

/** Ids as the database gives them. */
const messageId = (conversation: number, n: number) => conversation * 2 ** 20 + n;
const conversationOf = (id: number) => Math.floor(id / 2 ** 20);

const SAYINGS = [
  "I live in Oslo.",
  "I live in Bergen.",
  "My sister Ruth keeps bees.",
  "My sister Ruth has a boat.",
  "We adopted a puppy named Biscuit.",
  "The boat is red.",
  "See you in Oslo.",
  "The bees are loud.",
];

type Conversation = {
  id: number;
  nonce: string;
  revision: number;
  seq: number;
  head: number | null;
  messages: Map<number, Source>;
  isHere: boolean;
  removed: { ids: number[]; rows: Source[]; head: number | null } | null;
};

export type World = ReturnType<typeof openWorld>;

/** What the database has of one user and a persona, and what the user was promised to be forgotten. */
export function openWorld(random: () => number) {
  const below = (limit: number) => Math.floor(random() * limit);
  const conversations = new Map<number, Conversation>();
  const forgotten = new Set<string>();
  const forgottenIds = new Set<number>();
  let [now, nonces, mark, callsToTrouble] = [1000, 0, -1, Infinity];
  const trouble = new Error("The database does not answer.");

  const pick = (): Conversation | undefined => {
    const here = [...conversations.values()].filter(({ isHere }) => isHere);
    return here[below(here.length)];
  };
  const branchOf = ({ messages }: Conversation, leaf: number | null): Source[] => {
    const branch: Source[] = [];
    for (let id = leaf; id !== null;) {
      const message = messages.get(id);
      if (!message) break;
      branch.push(message);
      id = message.parentId;
    }
    return branch.toReversed();
  };

  /** Every text is said once: what is found of it was that message. */
  function say(
    to: Conversation,
    role: "user" | "assistant",
    parentId: number | null,
    at = (now += 1),
  ): Source {
    const id = messageId(to.id, ++to.seq);
    const content = `${SAYINGS[below(SAYINGS.length)]} Number${to.nonce}x${to.seq}.`;
    const status = random() < 0.1 ? "failed" : "complete";
    const message = {
      id,
      parentId,
      role,
      content: status === "failed" ? "" : content,
      status: role === "user" ? "complete" : status,
      createdAt: new Date(at),
      safety: null,
    } as Source;
    if (message.status === "complete") message.content = content;
    to.messages.set(id, message);
    to.head = id;
    return message;
  }

  const start = (id: number, isHere = true): Conversation => {
    const made = {
      id,
      nonce: `n${++nonces}`,
      revision: 1,
      seq: 0,
      head: null,
      messages: new Map<number, Source>(),
      isHere,
      removed: null,
    };
    conversations.set(id, made);
    // An id that is given out again says nothing of the conversation that had it.
    for (const gone of forgottenIds) if (conversationOf(gone) === id) forgottenIds.delete(gone);
    return made;
  };
  const some = () => (random() < 0.25 ? start(freeId()) : (pick() ?? start(freeId())));
  const freeId = () => {
    for (let id = 1 + below(3); ; id++) if (!conversations.has(id)) return id;
  };

  const lesson = (to: Conversation, messages: Source[], after: number | null): Lesson => ({
    conversation: to.id,
    revision: ++to.revision,
    nonce: to.nonce,
    messages: toSaid(messages),
    after,
  });

  const original: Original = {
    conversations: async () => {
      if (--callsToTrouble < 0) throw trouble;
      return [...conversations.values()]
        .filter(({ isHere, revision }) => isHere && revision > 0)
        .map(({ id, revision, nonce, head }) => ({
          id,
          revision,
          nonce,
          headMessageId: head,
          updatedAt: new Date(now),
        }))
        .toSorted((a, b) => a.id - b.id);
    },
    branch: async (id, leaf) => {
      if (--callsToTrouble < 0) throw trouble;
      // Small pages: so a branch is read in several, and trouble comes between them.
      return branchOf(conversations.get(id) as Conversation, leaf).slice(-3);
    },
  };

  return {
    original,
    late: [] as Lesson[],
    /** What a model is reading. */
    reading: null as Batch | null,
    refused: new Set<string>(),
    get now() {
      return now;
    },
    isEven: () => random() < 0.5,
    isTrouble: (error: unknown) => error === trouble,
    trouble: () => void (callsToTrouble = below(4)),
    goOn: () => void (callsToTrouble = Infinity),
    isForgotten: (text: string) => forgotten.has(text),
    isForgottenId: (id: number) => forgottenIds.has(id),

    turn(): Lesson {
      const to = some();
      const after = to.head;
      const said = say(to, "user", after);
      return lesson(to, [said, say(to, "assistant", said.id)], after);
    },
    regenerate(): Lesson | null {
      const to = pick();
      const head = to?.head ? to.messages.get(to.head) : undefined;
      if (!to || head?.role !== "assistant" || head.parentId === null) return null;
      return lesson(to, [say(to, "assistant", head.parentId)], head.parentId);
    },
    /** Other words in the place of some, and a reply: or another branch that was there before. */
    edit(): void {
      const to = pick();
      const all = to ? [...to.messages.values()] : [];
      const message = all[below(all.length)];
      if (!to || !message) return;
      if (random() < 0.5) say(to, "assistant", say(to, "user", message.parentId).id);
      else to.head = message.id;
      to.revision++;
    },
    bringIn(): void {
      const to = start(freeId());
      let parent: number | null = null;
      for (let i = 0; i < 4 + below(8); i++)
        parent = say(to, i % 2 === 0 ? "user" : "assistant", parent, i * 10).id;
      to.revision++;
    },
    chooseMessages(): number[] {
      const from = pick();
      const all = from ? [...from.messages.values()] : [];
      const chosen = all[below(all.length)];
      if (!from || !chosen) return [];
      const ids = new Set([chosen.id]);
      for (const { id, parentId } of all) if (parentId !== null && ids.has(parentId)) ids.add(id);
      return [...ids];
    },
    forget(ids: number[]): void {
      for (const id of ids) {
        forgottenIds.add(id);
        const text = conversations.get(conversationOf(id))?.messages.get(id)?.content;
        if (text) forgotten.add(text);
      }
    },
    deleteMessages(ids: number[]): void {
      const from = conversations.get(conversationOf(ids[0] ?? 0));
      if (!from) return;
      const rows = ids.flatMap((id) => from.messages.get(id) ?? []);
      from.removed = { ids, rows, head: from.head };
      if (from.head !== null && ids.includes(from.head)) from.head = rows[0]?.parentId ?? null;
      for (const id of ids) from.messages.delete(id);
      from.revision++;
    },
    undo(): { conversation: number; ids: number[] } | null {
      const of = [...conversations.values()].find(({ removed, isHere }) => removed && isHere);
      if (!of?.removed) return null;
      const { ids, rows, head } = of.removed;
      for (const row of rows) {
        of.messages.set(row.id, row);
        forgotten.delete(row.content);
        forgottenIds.delete(row.id);
      }
      of.head = head;
      of.removed = null;
      of.revision++;
      return { conversation: of.id, ids };
    },
    chooseConversation: (): Conversation | undefined => pick(),
    deleteConversation(id: number): void {
      const gone = conversations.get(id);
      for (const message of gone?.messages.values() ?? []) {
        forgotten.add(message.content);
        forgottenIds.add(message.id);
      }
      conversations.delete(id);
    },
    move(): number | null {
      const moved = pick();
      if (!moved) return null;
      moved.isHere = false;
      moved.revision++;
      return moved.id;
    },
    comeBack(): boolean {
      const back = [...conversations.values()].find(({ isHere }) => !isHere);
      if (!back) return false;
      back.isHere = true;
      back.revision++;
      return true;
    },
    forgetBefore(at: number): void {
      mark = at;
      for (const { messages } of conversations.values())
        for (const { id, content, createdAt } of messages.values())
          if (createdAt.getTime() <= at) {
            forgotten.add(content);
            forgottenIds.add(id);
          }
    },
    /** All that is to be found in the end, by their ids. */
    remembered(): number[] {
      const here = [...conversations.values()].filter(({ isHere }) => isHere);
      return here
        .flatMap((one) => toSaid(branchOf(one, one.head)))
        .flatMap(({ id, at }) => (at > mark && !forgottenIds.has(id) ? id : []));
    },
  };
}
