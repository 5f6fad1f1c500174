import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { answerPath, contentAfter, walk, type Given } from "../../src/chat/path";
import type { Message } from "../../src/db/schema";
import { toWindow } from "../../src/prompt/history";
import { aReply } from "../factories";
import { acts, answered, expectOnce, play, said } from "./paths";

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
  return { tree, add, answer };
}

describe("a client that sends its whole history", () => {
  it("leaves every path it ever showed in the tree exactly once, however it edits, answers again and retries", async () => {
    await fc.assert(
      fc.asyncProperty(acts(25), async (list) => {
        const { tree, answer } = newTree();
        expectOnce(tree, await play(list, (path) => answer(path).content));
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
