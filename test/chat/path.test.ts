import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { answerPath, contentAfter, walk, type Given } from "../../src/chat/path";
import type { Message } from "../../src/db/schema";
import { toWindow } from "../../src/prompt/history";
import { aReply } from "../factories";

const said = (content: string): Given => ({ role: "user", content });
const answered = (content: string): Given => ({ role: "assistant", content });

/** A server that keeps what it is shown, and answers. */
function newTree() {
  const tree: Message[] = [];
  let replies = 0;
  const add = (parentId: number | null, { role, content }: Given, more: Partial<Message> = {}): Message => {
    const depth = parentId === null ? 0 : tree.find(({ id }) => id === parentId)!.depth + 1;
    const message = aReply({
      id: tree.length + 1,
      parentId,
      depth,
      role,
      content,
      status: "complete",
      ...more,
    });
    tree.push(message);
    return message;
  };
  /** What a request does: what is missing of its path is added, and its last message is answered. */
  const answer = (path: Given[], more: Partial<Message> = {}): Message => {
    const { known, missing } = walk(path, tree);
    let last = known.at(-1) ?? null;
    for (const given of missing.slice(0, -1)) last = add(last?.id ?? null, given);
    const { place } = answerPath(walk(path, tree));
    const question = typeof place.said === "string" ? add(place.after, said(place.said)) : place.said!;
    return add(question.id, answered(`reply ${++replies}`), more);
  };
  /** How many times a path stands in the tree. */
  const count = (path: Given[]) => {
    let ends: (number | null)[] = [null];
    for (const given of path) {
      ends = tree
        .filter((it) => ends.includes(it.parentId) && it.role === given.role && it.content === given.content)
        .map(({ id }) => id);
    }
    return ends.length;
  };
  return { tree, add, answer, count };
}

type Act =
  | { type: "send"; text: string }
  | { type: "edit"; at: number; text: string }
  | { type: "rewrite"; at: number; text: string }
  | { type: "regenerate" | "retry" }
  | { type: "forget"; count: number }
  | { type: "back"; to: number };

/** Few words, so that people say the same thing again. */
const words = fc.constantFrom("Hi", "Hello", "How are you?", "And you?");
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant("send" as const), text: words }) },
    fc.record({ type: fc.constant("edit" as const), at: fc.nat(9), text: words }),
    fc.record({ type: fc.constant("rewrite" as const), at: fc.nat(9), text: words }),
    fc.record({ type: fc.constantFrom("regenerate" as const, "retry" as const) }),
    fc.record({ type: fc.constant("forget" as const), count: fc.nat(5) }),
    fc.record({ type: fc.constant("back" as const), to: fc.nat(20) }),
  ),
  { maxLength: 25 },
);

describe("a client that sends its whole history", () => {
  it("leaves every path it ever showed in the tree exactly once, however it edits, answers again and retries", () => {
    fc.assert(
      fc.property(acts, (list) => {
        const server = newTree();
        let path: Given[] = [];
        const shown: Given[][] = [];
        const request = () => {
          const { content } = server.answer(path);
          path = [...path, answered(content)];
          shown.push(path);
        };
        for (const act of list) {
          if (act.type === "send") {
            if (path.at(-1)?.role === "user") path = path.slice(0, -1);
            path = [...path, said(act.text)];
            request();
          } else if (act.type === "edit") {
            const users = path.flatMap(({ role }, i) => (role === "user" ? [i] : []));
            const at = users[act.at % Math.max(1, users.length)];
            if (at === undefined) continue;
            path = [...path.slice(0, at), said(act.text)];
            request();
          } else if (act.type === "rewrite") {
            // Other words in the persona's mouth, which the next request brings along.
            const replies = path.flatMap(({ role }, i) => (role === "assistant" ? [i] : []));
            const at = replies[act.at % Math.max(1, replies.length)];
            if (at === undefined) continue;
            path = [...path.slice(0, at), answered(act.text), said("Go on.")];
            request();
          } else if (act.type === "forget") {
            path = path.slice(0, Math.max(0, path.length - 2 * act.count));
          } else if (act.type === "back") {
            path = shown[act.to % Math.max(1, shown.length)] ?? [];
          } else if (path.length > 0) {
            path = path.slice(0, path.at(-1)!.role === "assistant" ? -1 : path.length);
            // An answer that never arrived, and the same request again.
            if (act.type === "retry") server.answer(path);
            request();
          }
        }
        for (const each of shown) expect(server.count(each)).toBe(1);
        // And nothing is there that nobody showed, but answers that were lost on the way.
        const told = new Set(
          shown.flatMap((each) => each.map((_, i) => JSON.stringify(each.slice(0, i + 1)))),
        );
        const pathTo = ({ id }: Message): Given[] => {
          const { parentId, role, content } = server.tree[id - 1]!;
          return [...(parentId === null ? [] : pathTo(server.tree[parentId - 1]!)), { role, content }];
        };
        for (const message of server.tree) {
          if (message.content.startsWith("reply")) continue;
          expect(told).toContain(JSON.stringify(pathTo(message)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("finds what is known although another message reads the same", () => {
    const { tree, add } = newTree();
    const first = add(null, said("Hi"));
    const hello = add(first.id, answered("Hello"));
    const second = add(null, said("Hi"));
    add(second.id, answered("Good day"));
    expect(walk([said("Hi"), answered("Hello"), said("Well")], tree)).toEqual({
      known: [first, hello],
      missing: [said("Well")],
    });
    expect(walk([said("Hi")], tree).known).toEqual([second]);
  });

  it("shows before a reply what the law has shown, where it shows nothing but text", () => {
    const { tree, add } = newTree();
    const question = add(null, said("Hi"));
    const notice = {
      id: "n",
      kind: "ai_disclosure" as const,
      text: "You are talking to an AI.",
      locale: "en",
    };
    const safety = { notices: [notice], found: [], region: null, locale: "en", ageGroup: "adult" as const };
    const reply = add(question.id, answered("Hello"), { safety });
    for (const text of ["Hello", "You are talking to an AI.\n\nHello"]) {
      const path = [said("Hi"), answered(text), said("Well?")];
      expect(walk(path, tree)).toEqual({ known: [question, reply], missing: [said("Well?")] });
      expect(contentAfter(path, toWindow(tree, 0, 1000))).toBe("Well?");
    }
  });

  it("may show less of a reply that was cut off when it left, and blanks and line ends of its own", () => {
    const { tree, add } = newTree();
    const question = add(null, said("One\ntwo"));
    const cut = add(question.id, answered("The sea is calm"), { status: "stopped" });
    expect(walk([said("One\r\ntwo "), answered("The sea")], tree).known).toEqual([question, cut]);
    const whole = add(question.id, answered("The sea roars"));
    expect(walk([said("One\ntwo"), answered("The sea roars")], tree).known).toEqual([question, whole]);
    expect(walk([said("One\ntwo"), answered("")], tree).known).toEqual([question]);
  });
});

describe("what a path adds to the branch in memory", () => {
  const { tree, add } = newTree();
  add(null, said("Hi"));
  add(1, answered("Hello"));
  const window = toWindow(tree, 0, 1000);
  const path = [said("Hi"), answered("Hello"), said("Well?")];

  it("is its last message, where it is that branch and one more", () => {
    expect(contentAfter(path, window)).toBe("Well?");
    expect(contentAfter([said("Hi")], toWindow([], 0, 1000))).toBe("Hi");
  });

  it("is not known where it is another one, or memory does not reach back to the first message", () => {
    expect(contentAfter(path, null)).toBeNull();
    expect(contentAfter(path, toWindow(tree, 1, 1000))).toBeNull();
    expect(contentAfter([said("Hey"), ...path.slice(1)], window)).toBeNull();
    expect(contentAfter(path.slice(0, 2), window)).toBeNull();
    expect(contentAfter([...path, answered("x"), said("y")], window)).toBeNull();
  });
});
