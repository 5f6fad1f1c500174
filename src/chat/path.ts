import type { Message } from "../db/schema";
import type { Entry, Window } from "../prompt/history";
import { isWithdrawn } from "../wire/rows";
import { noticeLine } from "../wire/safety";
import type { Placed } from "./tree";

/** A message as a client shows it that keeps its own history. */
export type Given = Pick<Message, "role" | "content">;

/** How far a path is known: what it shares with the tree, from the root on, and what the tree lacks of it. */
export type Walked = { known: Message[]; missing: Given[] };

/**
 * Walks a path down a tree as far as it goes. Of several messages that read alike the one counts under which most of the path
 * is found; of those the newest, which is what a client shows.
 * @param tree all messages of a conversation, in any order
 */
export function walk(path: Given[], tree: Message[]): Walked {
  const below = Map.groupBy(tree, ({ parentId }) => parentId);
  let steps: Step[] = [{ message: null, before: null }];
  for (const given of path) {
    const next = steps.flatMap((step) =>
      (below.get(step.message?.id ?? null) ?? [])
        .filter((message) => isShownAs(message, given))
        .map((message): Step => ({ message, before: step })),
    );
    if (next.length === 0) break;
    steps = next;
  }
  const known = messagesTo(steps.reduce((a, b) => ((a.message?.id ?? 0) > (b.message?.id ?? 0) ? a : b)));
  return { known, missing: path.slice(known.length) };
}

type Step = { message: Message | null; before: Step | null };

function messagesTo(step: Step): Message[] {
  const found: Message[] = [];
  for (let at: Step | null = step; at?.message; at = at.before) found.push(at.message);
  return found.toReversed();
}

const shown = (text: string) => text.replaceAll("\r\n", "\n").trim();

/**
 * Of a reply that was cut off, a client that left may show less than came; of one that was taken back, a client without events
 * shows what had come before.
 */
function isShownAs({ role, status, ...entry }: Omit<Entry, "id">, given: Given): boolean {
  if (role !== given.role) return false;
  const theirs = shown(given.content);
  const isCut = status !== "complete" && theirs !== "";
  const end = isWithdrawn(entry) ? shown(entry.content).split("\n\n").at(-1) : undefined;
  if (end !== undefined && theirs.endsWith(end)) return true;
  return textsOf(entry).some((text) => text === theirs || (isCut && text.startsWith(theirs)));
}

/** How clients show a message: those that show nothing but text begin a reply with what the law has shown before it. */
function textsOf({ content, safety }: Pick<Entry, "content" | "safety">): string[] {
  const notices = safety?.notices.map((notice) => noticeLine({ notice })) ?? [];
  return [shown(content), ...(notices.length > 0 ? [shown(notices.join("") + content)] : [])];
}

/**
 * Where the last message of a path is answered of which nothing but that may be missing: a new one under what is known, a
 * known one once more.
 */
export function answerPath({ known, missing: [news] }: Walked): Placed {
  if (news) {
    const depth = known.length === 0 ? 0 : (known.at(-1)?.depth ?? 0) + 1;
    return { place: { after: known.at(-1)?.id ?? null, depth, said: news.content }, earlier: known };
  }
  const said = known.at(-1) ?? null;
  return {
    place: { after: said?.id ?? null, depth: (said?.depth ?? -1) + 1, said },
    earlier: known.slice(0, -1),
  };
}

/**
 * What a path adds to the branch in force, if it is that branch and one message more; null where that is not so, or cannot be
 * told from what is in memory.
 */
export function contentAfter(path: Given[], window: Window | null): string | null {
  const last = path.at(-1);
  if (!window || window.before > 0 || last?.role !== "user" || path.length !== window.entries.length + 1)
    return null;
  return window.entries.every((entry, i) => isShownAs(entry, path[i] as Given)) ? last.content : null;
}
