import fc from "fast-check";
import { expect } from "vitest";

import type { Given } from "../../src/chat/path";

export const said = (content: string): Given => ({ role: "user", content });
export const answered = (content: string): Given => ({ role: "assistant", content });

/** What people do in a client that shows its own history and sends all of it. */
type Act =
  | { type: "send"; text: string }
  | { type: "edit"; at: number; text: string }
  | { type: "rewrite"; at: number; text: string }
  | { type: "regenerate" | "retry" }
  | { type: "forget"; count: number }
  | { type: "back"; to: number };

/** Few words, so that people say the same thing again. */
const words = fc.constantFrom("Hi", "Hello", "How are you?", "And you?");
export const acts = (maxLength: number): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constant("send" as const), text: words }) },
      fc.record({ type: fc.constant("edit" as const), at: fc.nat(9), text: words }),
      fc.record({ type: fc.constant("rewrite" as const), at: fc.nat(9), text: words }),
      fc.record({ type: fc.constantFrom("regenerate" as const, "retry" as const) }),
      fc.record({ type: fc.constant("forget" as const), count: fc.nat(5) }),
      fc.record({ type: fc.constant("back" as const), to: fc.nat(20) }),
    ),
    { maxLength },
  );

/** The path up to one of its messages of this role, without that; null where it has none. */
function upTo(path: Given[], role: Given["role"], at: number): Given[] | null {
  const places = path.flatMap((given, i) => (given.role === role ? [i] : []));
  const place = places[at % Math.max(1, places.length)];
  return place === undefined ? null : path.slice(0, place);
}

/** What is asked next, or the path as it is then shown without asking. */
function next(path: Given[], shown: Given[][], act: Act): { asks: boolean; path: Given[] } {
  const asking = (asked: Given[] | null) => (asked ? { asks: true, path: asked } : { asks: false, path });
  switch (act.type) {
    case "send":
      return asking([...(path.at(-1)?.role === "user" ? path.slice(0, -1) : path), said(act.text)]);
    case "edit": {
      const before = upTo(path, "user", act.at);
      return asking(before && [...before, said(act.text)]);
    }
    case "rewrite": {
      // Other words in the persona's mouth, which the next request brings along.
      const before = upTo(path, "assistant", act.at);
      return asking(before && [...before, answered(act.text), said("Go on.")]);
    }
    case "forget":
      return { asks: false, path: path.slice(0, Math.max(0, path.length - 2 * act.count)) };
    case "back":
      return { asks: false, path: shown[act.to % Math.max(1, shown.length)] ?? [] };
    default:
      return asking(path.length === 0 ? null : path.at(-1)?.role === "assistant" ? path.slice(0, -1) : path);
  }
}

/** Has a client do all of it. Returns every path that it has shown. */
export async function play(list: Act[], answer: (path: Given[]) => string | Promise<string>) {
  let path: Given[] = [];
  const shown: Given[][] = [];
  for (const act of list) {
    const { asks, path: asked } = next(path, shown, act);
    path = asked;
    if (!asks) continue;
    // An answer that never arrived, and the same request again.
    if (act.type === "retry") await answer(path);
    path = [...path, answered(await answer(path))];
    shown.push(path);
  }
  return shown;
}

export type Node = Given & { id: number; parentId: number | null };

/** How many times a path stands in a tree. */
function count(tree: Node[], path: Given[]): number {
  let ends: (number | null)[] = [null];
  for (const { role, content } of path) {
    const isNext = (node: Node) =>
      ends.includes(node.parentId) && node.role === role && node.content === content;
    ends = tree.filter(isNext).map(({ id }) => id);
  }
  return ends.length;
}

/** Every path that was shown is there exactly once, and nothing that nobody showed, but answers that were lost on the way. */
export function expectOnce(tree: Node[], shown: Given[][]): void {
  for (const path of shown) expect(count(tree, path), JSON.stringify(path)).toBe(1);
  const named = (path: Given[]) => JSON.stringify(path.map(({ role, content }) => [role, content]));
  const told = new Set(shown.flatMap((path) => path.map((_, i) => named(path.slice(0, i + 1)))));
  const pathTo = (node: Node): Given[] => {
    const parent = tree.find(({ id }) => id === node.parentId);
    return [...(parent ? pathTo(parent) : []), node];
  };
  for (const node of tree) if (!node.content.startsWith("reply")) expect(told).toContain(named(pathTo(node)));
}
