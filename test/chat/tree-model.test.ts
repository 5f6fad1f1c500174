import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";

import { api, json, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, type Wire, type WireMessage, type WireTurn } from "./harness";

/** A small model of the tree: what every message says and follows, and where the head stands. */
type Node = { id: number; parent: number | null; role: string; content: string };
class Model {
  nodes = new Map<number, Node>();
  head: number | null = null;
  changes = 0;
  removed: { nodes: Node[]; joined: number[]; head: number | null; changes: number } | null = null;

  children = (id: number | null) => [...this.nodes.values()].filter((node) => node.parent === id);
  below = (id: number): Node[] => {
    const node = this.nodes.get(id)!;
    return [node, ...this.children(id).flatMap((child) => this.below(child.id))];
  };
  newest = (nodes: Node[]) => nodes.reduce<number | null>((max, { id }) => Math.max(max ?? 0, id), null);
  path(leaf = this.head): Node[] {
    const path: Node[] = [];
    for (let at = leaf; at !== null;) {
      const node = this.nodes.get(at)!;
      path.unshift(node);
      at = node.parent;
    }
    return path;
  }
  add(...nodes: Node[]) {
    for (const node of nodes) this.nodes.set(node.id, node);
    this.head = nodes.at(-1)!.id;
    this.changes++;
  }
  select(id: number) {
    const head = this.newest(this.below(id));
    if (head !== this.head) this.changes++;
    this.head = head;
  }
  remove(id: number, withSubtree: boolean) {
    const { parent } = this.nodes.get(id)!;
    const nodes = withSubtree ? this.below(id) : [this.nodes.get(id)!];
    const joined = withSubtree ? [] : this.children(id).map((child) => child.id);
    const before = this.head;
    const isHead = nodes.some((node) => node.id === this.head);
    for (const node of nodes) this.nodes.delete(node.id);
    for (const child of joined) this.nodes.get(child)!.parent = parent;
    const beside = withSubtree
      ? this.newest(this.children(parent).flatMap((node) => this.below(node.id)))
      : null;
    if (isHead) this.head = beside ?? parent;
    this.removed = { nodes, joined, head: before, changes: ++this.changes };
  }
  undo() {
    const { nodes, joined, head, changes } = this.removed!;
    const [top] = nodes as [Node];
    for (const node of nodes) this.nodes.set(node.id, node);
    for (const id of joined) {
      const node = this.nodes.get(id);
      if (node?.parent === top.parent) node!.parent = top.id;
    }
    if (changes === this.changes) this.head = head;
    else this.head ??= head;
    this.changes++;
    this.removed = null;
  }
}

const OPERATIONS = [
  "send",
  "regenerate",
  "edit",
  "rewrite",
  "continue",
  "select",
  "remove",
  "prune",
  "undo",
  "fork",
  "crash",
] as const;
type Step = { operation: (typeof OPERATIONS)[number]; pick: number };
const steps = fc.array(fc.record<Step>({ operation: fc.constantFrom(...OPERATIONS), pick: fc.nat() }), {
  minLength: 8,
  maxLength: 16,
  size: "max",
});

let said = 0;

/** Runs a step against the server and the model; says what came of it. */
async function take(
  chat: Awaited<ReturnType<typeof newConversation>>,
  model: Model,
  { operation, pick }: Step,
) {
  const { token, path } = chat;
  const ids = [...model.nodes.keys()];
  const id = ids[pick % Math.max(1, ids.length)]!;
  const node = model.nodes.get(id);
  const post = (verb: string, body: object = {}) => api(`${path}/messages/${id}/${verb}`, { token, body });
  const nodeOf = ({ id, parent_id, role, content }: WireMessage): Node => ({
    id,
    parent: parent_id,
    role,
    content,
  });
  const content = `Words ${++said}`;
  if (operation === "send") {
    const turn = await json<WireTurn>(chat.send(content));
    model.add(nodeOf(turn.user_message), nodeOf(turn.assistant_message));
  } else if (operation === "crash") {
    await env.CONVERSATIONS.getByName(String(chat.id)).halt();
  } else if (operation === "undo") {
    const response = await api(`${path}/undo`, { token, method: "POST" });
    await json(response, model.removed ? 200 : 409);
    if (model.removed) model.undo();
  } else if (!node) return;
  else if (operation === "regenerate") {
    const answered = node.role === "user" ? node : model.nodes.get(node.parent ?? 0);
    const response = await post("regenerate");
    if (answered?.role !== "user") return expect(response.status).toBe(409);
    model.add(nodeOf((await json<WireTurn>(response)).assistant_message));
  } else if (operation === "edit") {
    const turn = await json<WireTurn>(post("edit", { content, answer: true }));
    if (node.role === "user") model.add(nodeOf(turn.user_message));
    model.add(nodeOf(turn.assistant_message));
    if (node.role === "user") model.changes--;
    expect(turn.assistant_message.content.startsWith(node.role === "user" ? "Reply" : content)).toBe(true);
  } else if (operation === "rewrite") {
    const edited = await json<WireTurn>(post("edit", { content }));
    model.add(nodeOf(node.role === "user" ? edited.user_message : edited.assistant_message));
  } else if (operation === "continue") {
    const response = await post("continue");
    if (node.role === "user" || model.children(id).length > 0) return expect(response.status).toBe(409);
    const { assistant_message: grown } = await json<WireTurn>(response);
    expect(grown).toMatchObject({ id, content: expect.stringMatching(/^.+Reply/) });
    expect(grown.content.startsWith(node.content)).toBe(true);
    node.content = grown.content;
    model.head = id;
    model.changes++;
  } else if (operation === "select") {
    await json(post("select"));
    model.select(id);
  } else if (operation === "fork") {
    await expectFork(chat, model, id, pick % 2 === 0);
  } else {
    const withSubtree = operation === "prune";
    const deleted = await json(
      api(`/chat/messages/${id}?subtree=${withSubtree}`, { token, method: "DELETE" }),
    );
    expect(deleted.deleted).toBe(withSubtree ? model.below(id).length : 1);
    model.remove(id, withSubtree);
  }
}

const historyOf = (path: string, token: string) => json<WireMessage[]>(api(`${path}/messages`, { token }));
const textsOf = (nodes: { content: string }[]) => nodes.map(({ content }) => content);

async function expectFork(
  { token, path, id: from }: { token: string; path: string; id: number },
  model: Model,
  leaf: number,
  all: boolean,
) {
  const body = { message_id: leaf, branches: all ? "all" : "path" };
  const fork = await json<Wire>(api(`${path}/fork`, { token, body }));
  const shift = (fork.id - from) * 2 ** 20;
  const history = await historyOf(`/chat/conversations/${fork.id}`, token);
  expect(history.map(({ id, parent_id, content }) => [id, parent_id, content])).toEqual(
    model.path(leaf).map(({ id, parent, content }) => [id + shift, parent && parent + shift, content]),
  );
  expect(fork.message_count).toBe(all ? model.nodes.size : model.path(leaf).length);
  await json(api(`/chat/conversations/${fork.id}/send`, { token, body: { content: "In the fork" } }));
}

/** Whatever can be read of the tree says what the model says. */
async function expectSame({ token, path }: { token: string; path: string }, model: Model, after: string) {
  const [conversation, history, branches] = await Promise.all([
    json<Wire>(api(path, { token })),
    json<(WireMessage & { variants: object })[]>(api(`${path}/messages?variants=true`, { token })),
    json<{ message: WireMessage; message_count: number; shared_message_id: number | null }[]>(
      api(`${path}/branches?limit=100`, { token }),
    ),
  ]);
  expect(conversation, after).toMatchObject({ head_message_id: model.head, message_count: model.nodes.size });
  expect(textsOf(history), after).toEqual(textsOf(model.path()));
  expect(
    history.map(({ variants }) => variants),
    after,
  ).toEqual(
    model.path().map(({ id, parent }) => {
      const all = model
        .children(parent)
        .map((node) => node.id)
        .toSorted((a, b) => a - b);
      return { index: all.indexOf(id) + 1, count: all.length };
    }),
  );
  const leaves = [...model.nodes.values()].filter(({ id }) => model.children(id).length === 0);
  const onPath = new Set(model.path().map(({ id }) => id));
  expect(
    branches.map((it) => [it.message.id, it.message_count, it.shared_message_id]),
    after,
  ).toEqual(
    leaves
      .toSorted((a, b) => b.id - a.id)
      .map(({ id }) => {
        const path = model.path(id);
        return [id, path.length, path.findLast((node) => onPath.has(node.id))?.id ?? null];
      }),
  );
}

const RUNS = 20;

it(
  "whatever is done to a conversation, its tree is what a small model of it says",
  { timeout: 600_000 },
  async () => {
    scriptUpstream(says("Reply", "."));
    const user: TestUser = await newUser();
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const chat = await newConversation(user);
        const model = new Model();
        for (const step of [{ operation: "send", pick: 0 } as const, ...steps]) {
          await take(chat, model, step);
          await expectSame(chat, model, JSON.stringify(step));
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
);
