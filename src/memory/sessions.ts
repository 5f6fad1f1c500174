import { conversationOfMessage } from "../db/messages";
import type { Doc } from "./message";

/** A pause in a conversation that begins a new session. Milliseconds. */
const SESSION_PAUSE_MS = 6 * 60 * 60_000;

/** What was said in each conversation, in the order of a branch, and its sessions. */
export function openSessions() {
  const conversations = new Map<number, Doc[]>();
  /** In words, by the session's number. */
  const lengths: number[] = [];
  const vacant: number[] = [];

  const begin = () => vacant.pop() ?? lengths.push(0) - 1;

  function link(doc: Doc, before: Doc | undefined): void {
    const previous = before && doc.at - before.at < SESSION_PAUSE_MS ? before : null;
    doc.previous = previous;
    doc.next = null;
    if (previous) previous.next = doc;
    doc.session = previous ? previous.session : begin();
    doc.inSession = previous ? previous.inSession + 1 : 0;
    doc.worth = NaN;
    lengths[doc.session] = (lengths[doc.session] ?? 0) + doc.words.length;
  }

  function unlink(talk: readonly Doc[]): void {
    for (const doc of talk) {
      if (doc.inSession === 0) vacant.push(doc.session);
      lengths[doc.session] = 0;
    }
  }

  const linkAll = (talk: readonly Doc[]) => talk.forEach((doc, i) => link(doc, talk[i - 1]));

  return {
    lengths,
    get count() {
      return lengths.length - vacant.length;
    },
    conversations: () => conversations.keys(),
    /** Oldest first. */
    of: (conversation: number): readonly Doc[] => conversations.get(conversation) ?? [],
    add(doc: Doc): void {
      const conversation = conversationOfMessage(doc.id);
      const talk = conversations.get(conversation) ?? [];
      conversations.set(conversation, talk);
      const last = talk.at(-1);
      if (!last || last.id < doc.id) {
        talk.push(doc);
        return link(doc, last);
      }
      unlink(talk);
      talk.splice(placeFor(talk, doc.id), 0, doc);
      linkAll(talk);
    },
    remove(doc: Doc): void {
      const conversation = conversationOfMessage(doc.id);
      const talk = conversations.get(conversation) ?? [];
      unlink(talk);
      talk.splice(placeFor(talk, doc.id), 1);
      linkAll(talk);
      if (talk.length === 0) conversations.delete(conversation);
    },
    clear(): void {
      conversations.clear();
      lengths.length = vacant.length = 0;
    },
  };
}

/** Where an id stands or would stand. */
export function placeFor(talk: readonly Doc[], id: number): number {
  let [low, high] = [0, talk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((talk[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
