import { badFile } from "./file-error";
import { NOTHING_YET } from "../db/nothing-yet";
import type { ChatMessage } from "./conversation";

/** A node of somebody else's tree. `message`: what it says, or null where it is left out and what follows it is kept. */
export type Node = {
  id: string;
  parent: string | null;
  message: (Pick<ChatMessage, "role" | "content"> & { time: number | null; model: string | null }) | null;
};

/** More messages than this no conversation is brought in with. */
export const MAX_MESSAGES = 100_000;

/**
 * A tree of nodes as messages with numbers: parents before what follows them, what stands beside each other in the order it came.
 * A message without a time follows its parent by a millisecond.
 * @param fallback when it began, for what has no time. Milliseconds since 1970
 * @param current the newest node of the branch in force; else the last one that came
 * @throws AppError `file_invalid` where nodes go in a circle, or are too many
 */
export function grownTree(nodes: Node[], fallback: number, current: string | null) {
  if (nodes.length > MAX_MESSAGES) throw badFile(`It has more than ${MAX_MESSAGES} messages.`);
  const known = new Map(nodes.map((node) => [node.id, node]));
  const children = Map.groupBy(nodes, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
  const numbers = new Map<string, number | null>();
  const messages: ChatMessage[] = [];
  const open = (children.get(null) ?? []).toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    const parent = (node.parent === null ? null : numbers.get(node.parent)) ?? null;
    numbers.set(node.id, node.message ? add(messages, node.message, parent, fallback) : parent);
    open.push(...(children.get(node.id) ?? []).toReversed());
  }
  if (numbers.size < known.size) throw badFile("Its messages go in a circle.");
  return { messages, head: headOf(messages, numbers, current) };
}

function add(
  messages: ChatMessage[],
  { time, model, role, content }: NonNullable<Node["message"]>,
  parent: number | null,
  fallback: number,
): number {
  const n = messages.length + 1;
  const before = parent === null ? null : messages[parent - 1];
  const createdAt = new Date(time ?? (before ? before.createdAt.getTime() + 1 : fallback));
  const modelUsed = role === "assistant" ? (model ?? "unknown") : null;
  messages.push({ ...NOTHING_YET, n, parent, role, content, status: "complete", modelUsed, createdAt });
  return n;
}

function headOf(
  messages: ChatMessage[],
  numbers: Map<string, number | null>,
  current: string | null,
): number | null {
  const named = current === null ? null : numbers.get(current);
  return named ?? messages.at(-1)?.n ?? null;
}

/** A time in seconds or milliseconds since 1970, or as text; null for none that can be. */
export function timeOf(value: unknown): number | null {
  const number =
    typeof value === "number"
      ? value
      : typeof value === "string" && /^\d{9,14}(\.\d+)?$/.test(value)
        ? Number(value)
        : null;
  const time =
    number === null
      ? typeof value === "string"
        ? Date.parse(value)
        : NaN
      : number < 1e11
        ? number * 1000
        : number;
  return Number.isFinite(time) && time > 0 && time < 8e12 ? Math.round(time) : null;
}
