import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it, vi } from "vitest";

import { api, json, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, type Wire, type WireMessage, type WireTurn } from "./harness";
import { Model, type Node } from "./model";

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
] as const;
type Operation = { name: (typeof OPERATIONS)[number]; pick: number };
/** What is done, and what happens meanwhile: another tab does something else, or the object dies at its nth use of the database. */
type Step = Operation & { meanwhile: null | Operation | { dies: number; isDone: boolean } };

const operation = { name: fc.constantFrom(...OPERATIONS), pick: fc.nat() };
const meanwhile: fc.Arbitrary<Step["meanwhile"]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record(operation) },
  { weight: 2, arbitrary: fc.record({ dies: fc.integer({ min: 1, max: 5 }), isDone: fc.boolean() }) },
);
const steps = fc.array(fc.record<Step>({ ...operation, meanwhile }), {
  minLength: 8,
  maxLength: 16,
  size: "max",
});

type Chat = Awaited<ReturnType<typeof newConversation>>;
type Answer = Partial<WireTurn> & Partial<Wire>;
/** A request, what it does to the model, and whether it is to be refused, or changes nothing. */
type Asked = {
  ask: (headers?: Record<string, string>) => Promise<Response>;
  take: (answer: Answer) => void | Promise<void>;
  refused?: boolean;
  isIdle?: boolean;
};

let said = 0;
/** A message of an answer as a node, where the model says that it stands. */
const nodeOf = (message: WireMessage | undefined, parent: number | null): Node => {
  expect(message?.parent_id).toBe(parent);
  const { id, role, content } = message!;
  return { id, parent, role, content };
};

/** What an operation asks of the server, and of the model; null where there is nothing that it could be done to. */
function planned(chat: Chat, model: Model, { name, pick }: Operation): Asked | null {
  const { token, path } = chat;
  const content = `Words ${++said}`;
  const ids = [...model.nodes.keys()];
  const id = ids[pick % Math.max(1, ids.length)]!;
  const node = model.nodes.get(id);
  if (name === "send")
    return {
      ask: (headers) => chat.send(content, headers),
      take: ({ user_message: user, assistant_message: reply }) =>
        model.add(nodeOf(user, model.head), nodeOf(reply, user!.id)),
    };
  if (name === "undo")
    return {
      ask: (headers) => api(`${path}/undo`, { token, method: "POST", ...(headers && { headers }) }),
      take: () => model.undo(),
      refused: !model.removed,
    };
  return node ? plannedAt(chat, model, { name, pick }, node, content) : null;
}

function plannedAt(
  { token, path, ...chat }: Chat,
  model: Model,
  { name, pick }: Operation,
  node: Node,
  content: string,
): Asked {
  const { id, role, parent } = node;
  const post =
    (verb: string, body: object = {}) =>
    (headers: Record<string, string> = {}) =>
      api(`${path}/messages/${id}/${verb}`, { token, body, headers });
  switch (name) {
    case "regenerate": {
      const answered = role === "user" ? node : model.nodes.get(parent ?? 0);
      const take = ({ assistant_message: reply }: Answer) => model.add(nodeOf(reply, answered!.id));
      return { ask: post("regenerate"), take, refused: answered?.role !== "user" };
    }
    case "edit":
      return {
        ask: post("edit", { content, answer: true }),
        take({ user_message: user, assistant_message: reply }) {
          if (role === "user") model.add(nodeOf(user, parent), nodeOf(reply, user!.id));
          else model.add(nodeOf(reply, parent));
          expect(role === "user" ? user!.content : reply!.content.slice(0, content.length)).toBe(content);
        },
      };
    case "rewrite":
      return {
        ask: post("edit", { content }),
        take(answer) {
          const written = role === "user" ? answer.user_message : answer.assistant_message;
          model.add(nodeOf(written, parent));
          expect(written).toMatchObject({ role, content });
        },
      };
    case "continue":
      return {
        ask: post("continue"),
        take({ assistant_message: grown }) {
          expect(grown).toMatchObject({ id, parent_id: parent });
          expect(grown!.content.startsWith(node.content)).toBe(true);
          node.content = grown!.content;
          model.head = id;
          model.changes++;
        },
        refused: role === "user" || node.content === "" || model.children(id).length > 0,
      };
    case "select":
      return {
        ask: post("select"),
        take: () => model.select(id),
        isIdle: model.newest(model.below(id)) === model.head,
      };
    case "fork":
      return {
        ask: (headers = {}) =>
          api(`${path}/fork`, {
            token,
            body: { message_id: id, branches: pick % 2 ? "path" : "all" },
            headers,
          }),
        take: (fork) => expectFork(chat.id, token, fork as Wire, model, id, pick % 2 === 0),
        isIdle: true,
      };
    default: {
      const query = `subtree=${name === "prune"}`;
      return {
        ask: (headers = {}) => api(`/chat/messages/${id}?${query}`, { token, method: "DELETE", headers }),
        take: () => model.remove(id, name === "prune"),
      };
    }
  }
}

const objectOf = ({ id }: Chat) => env.CONVERSATIONS.getByName(String(id));

async function takeStep(chat: Chat, model: Model, step: Step): Promise<void> {
  const asked = planned(chat, model, step);
  const { meanwhile } = step;
  if (!asked) return;
  if (meanwhile && "dies" in meanwhile) return dying(chat, model, asked, meanwhile);
  const other = meanwhile && planned(chat, model, meanwhile);
  if (other) return together(chat, [asked, other]);
  const response = await asked.ask();
  if (asked.refused) expect(response.status).toBe(409);
  else await asked.take(await json(response));
}

/** Two tabs that have seen the same: what the one changes is told to the other, whose own change is not made. */
async function together({ path, token }: Chat, both: [Asked, Asked]): Promise<void> {
  const seen = (await api(path, { token })).headers.get("etag")!;
  const heard = await Promise.all(
    both.map(async (asked) => {
      const response = await asked.ask({ "if-match": seen });
      return { ...asked, status: response.status, answer: await response.json<Answer & { code: string }>() };
    }),
  );
  for (const { status, answer, refused } of heard.filter((one) => one.status !== 200)) {
    if (!refused) expect([412, 409], JSON.stringify(answer)).toContain(status);
    if (!refused) expect(["precondition_failed", "turn_running"]).toContain(answer.code);
  }
  const won = heard.filter(({ status }) => status === 200);
  const idle = won.filter(({ isIdle }) => isIdle);
  const changers = won.filter(({ isIdle }) => !isIdle);
  expect(changers.length).toBeLessThanOrEqual(1);
  if (both.some(({ refused }) => !refused)) expect(won.length).toBeGreaterThan(0);
  for (const { take, answer } of [...idle, ...changers]) await take(answer);
}

/** The object dies: what was asked of it is done as a whole, or not at all. */
async function dying(
  chat: Chat,
  model: Model,
  asked: Asked,
  { dies, isDone }: { dies: number; isDone: boolean },
): Promise<void> {
  const death = stuckAt(dies, isDone);
  let answered: { status: number; answer: Answer } | null | undefined;
  const answering = asked.ask().then(
    async (response) => (answered = { status: response.status, answer: await response.json<Answer>() }),
    () => (answered = null),
  );
  while (answered === undefined && !death.isStuck) await scheduler.wait(1);
  if (death.isStuck)
    await runInDurableObject(objectOf(chat), (_, state) => state.abort("a crash")).catch(() => {});
  death.release();
  await answering;
  if (answered?.status === 200) return asked.take(answered.answer);
  if (asked.refused && answered?.status === 409) return;
  expect(death.isStuck).toBe(true);
  await runDurableObjectAlarm(objectOf(chat));
  await afterwards(chat, model, asked);
}

/** Holds whoever uses the database for the nth time from now on, before it has done what it is asked or after, for good. */
function stuckAt(n: number, isDone: boolean) {
  let [uses, isReleased] = [0, false];
  const death = { isStuck: false, release: () => ((isReleased = true), restore()) };
  async function use<T>(real: () => Promise<T>): Promise<T> {
    const isLast = ++uses === n;
    const done = isLast && !isDone ? null : { value: await real() };
    if (isLast) death.isStuck = true;
    while (isLast && !isReleased) await scheduler.wait(1);
    return done ? done.value : real();
  }
  const batch = env.DB.batch.bind(env.DB);
  const prepare = env.DB.prepare.bind(env.DB);
  const mocks = [
    vi
      .spyOn(env.DB, "batch")
      .mockImplementation(((statements: D1PreparedStatement[]) =>
        use(() => batch(statements))) as typeof env.DB.batch),
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      const statement = prepare(sql);
      const bind = statement.bind.bind(statement);
      statement.bind = (...values) => {
        const bound = bind(...values);
        for (const way of ["all", "raw", "run"] as const) {
          const real = bound[way].bind(bound) as () => Promise<never>;
          bound[way] = (() => use(real)) as never;
        }
        return bound;
      };
      return statement;
    }),
  ];
  const restore = () => mocks.forEach((mock) => mock.mockRestore());
  return death;
}

/** The tree as the database has it. */
async function stored({ id }: Chat) {
  const rows = await env.DB.prepare(
    "SELECT id, parent_id, role, content FROM chat_messages WHERE conversation_id = ? ORDER BY id",
  )
    .bind(id)
    .all<WireMessage>();
  const row = await env.DB.prepare("SELECT head_message_id AS head FROM conversations WHERE id = ?")
    .bind(id)
    .first<{ head: number | null }>();
  return { messages: rows.results, head: row!.head };
}

/** After a crash the tree is as before, or as what was asked leaves it: then the model does it too. */
async function afterwards(chat: Chat, model: Model, { take, isIdle }: Asked): Promise<void> {
  const { messages, head } = await stored(chat);
  const fresh = messages.filter(({ id }) => !model.nodes.has(id));
  const grown = messages.find(({ id, content }) => (model.nodes.get(id)?.content ?? content) !== content);
  const isSame = messages.length === model.nodes.size && fresh.length === 0 && !grown && head === model.head;
  if (isSame || isIdle) return;
  const of = (role: string) => fresh.find((message) => message.role === role);
  await take({ user_message: of("user")!, assistant_message: of("assistant") ?? grown! });
}

const historyOf = (path: string, token: string) => json<WireMessage[]>(api(`${path}/messages`, { token }));
const textsOf = (nodes: { content: string }[]) => nodes.map(({ content }) => content);

async function expectFork(from: number, token: string, fork: Wire, model: Model, leaf: number, all: boolean) {
  const shift = (fork.id - from) * 2 ** 20;
  const history = await historyOf(`/chat/conversations/${fork.id}`, token);
  expect(history.map(({ id, parent_id, content }) => [id, parent_id, content])).toEqual(
    model.path(leaf).map(({ id, parent, content }) => [id + shift, parent && parent + shift, content]),
  );
  expect(fork.message_count).toBe(all ? model.nodes.size : model.path(leaf).length);
  const body = { content: "In the fork" };
  await json(api(`/chat/conversations/${fork.id}/send`, { token, body }));
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

/** A fork that a crash cut off shows nothing: every conversation of the user's has all that it counts. */
async function expectWhole({ id }: TestUser): Promise<void> {
  const { results } = await env.DB.prepare(
    `SELECT id FROM conversations WHERE user_id = ? AND message_count <>
      (SELECT count(*) FROM chat_messages WHERE conversation_id = conversations.id)`,
  )
    .bind(id)
    .all();
  expect(results).toEqual([]);
}

/** More of them by `TREE_RUNS=200`. */
const RUNS = Number(process.env.TREE_RUNS ?? 12);

it(
  "whatever is done to a conversation, by two tabs at once or with a crash in the middle, its tree is what a small model of it says",
  { timeout: 600_000 },
  async () => {
    scriptUpstream(says("Reply", "."));
    const user: TestUser = await newUser();
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const chat = await newConversation(user);
        const model = new Model();
        for (const step of [{ name: "send", pick: 0, meanwhile: null } as const, ...steps]) {
          await takeStep(chat, model, step);
          await expectSame(chat, model, JSON.stringify(step));
        }
        await expectWhole(user);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
);
