import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { newConversation, type WireTurn } from "../chat/harness";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { ADMINISTRATORS, bodySchema, readContract, type Operation } from "./openapi";

const REQUESTS = 5_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Stands in everything that belongs to somebody else, and must never be seen by who asks. */
const MARK = "Zq7-not-yours-Zq7";

/** These hash a password, a quarter of a second each, or end the session that everything else needs. */
const RARE =
  /^(POST \/auth\/(register|login|refresh|logout|change-password|password)|DELETE \/auth\/(me|sessions))/;

const contract = await readContract();

type Case = {
  operation: Operation;
  pick: number;
  body: unknown;
  raw: string | null;
  type: string;
  query: string;
  auth: number;
};

const broken = fc.oneof(
  fc.constantFrom(
    "",
    "{",
    "null",
    "[]",
    "0",
    '"x"',
    '{"a":',
    "\u0000",
    '{"content":"\\ud800"}',
    "[".repeat(5000),
  ),
  fc.json({ maxDepth: 4 }),
);
const junk = fc.oneof(
  fc.constantFrom(
    "0",
    "-1",
    "1.5",
    "abc",
    "9".repeat(30),
    "%00",
    "..%2f",
    "' OR 1=1 --",
    "null",
    "NaN",
    "1e9",
    "💥",
  ),
  fc.string({ maxLength: 20 }),
);

const cases: fc.Arbitrary<Case> = fc
  .oneof(
    { weight: 400, arbitrary: fc.constantFrom(...contract.operations.filter((o) => !RARE.test(o.name))) },
    { weight: 1, arbitrary: fc.constantFrom(...contract.operations.filter((o) => RARE.test(o.name))) },
  )
  .chain((operation) => {
    const schema = bodySchema(operation);
    const valid = schema ? contract.valid(schema) : fc.constant(undefined);
    const query = fc
      .array(
        fc.tuple(
          fc.constantFrom("limit", "before", "after", "cursor", "persona_id", "from", "to", "group_by"),
          junk,
        ),
        {
          maxLength: 2,
        },
      )
      .map((pairs) => new URLSearchParams(pairs.map(([k, v]) => [k, v.toWellFormed()])).toString());
    return fc.record({
      operation: fc.constant(operation),
      pick: fc.nat(),
      body: fc.oneof({ weight: 4, arbitrary: valid }, { weight: 2, arbitrary: fc.object({ maxDepth: 2 }) }),
      raw: fc.option(broken, { freq: 6 }),
      type: fc.constantFrom("application/json", "application/json", "application/json", "text/plain", ""),
      query: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, query),
      auth: fc.nat(19),
    });
  });

/** Ids of every kind that a fuzzer may try: its own, somebody else's, deleted ones, and things that are none. */
async function world(user: TestUser, mark: string) {
  const { token } = user;
  const chat = await newConversation(user);
  const turn = await json<WireTurn>(chat.send(`Hi ${mark}`));
  await json(
    api(`/personas/${chat.personaId}`, {
      token,
      method: "PUT",
      body: { name: mark || "Alex", description: mark },
    }),
  );
  await json(api(chat.path, { token, method: "PUT", body: { title: mark || "Chat" } }));
  const key = await json(api("/auth/api-keys", { token, body: { name: mark || "key", scopes: ["read"] } }));
  return {
    personas: [chat.personaId],
    models: [`alex-${chat.personaId}`, chat.personaId],
    conversations: [chat.id],
    messages: [turn.user_message.id, turn.assistant_message.id],
    turns: [turn.assistant_message.turn_id!],
    chat: ["a-chat"],
    responses: [`resp_${turn.assistant_message.id}`],
    "api-keys": [key.id as number],
    sessions: ["nosuchsession"],
    users: [(await newUser()).id],
    invitations: [],
    events: [`saf_${turn.assistant_message.id}_1`],
    reports: [1],
    appeals: [1],
  } as Record<string, (string | number)[]>;
}

describe(`${REQUESTS} requests made from the contract and from its breach (FUZZ_SEED=${SEED})`, () => {
  it(
    "never meet a 500, an undocumented answer, or anything of another user; what is deleted stays deleted",
    { timeout: 900_000 },
    async () => {
      scriptUpstream(says(`Hey ${"word ".repeat(3)}`));
      let user = await newUser();
      const victim = await newUser();
      const admin = await newAdmin();
      const theirs = await world(victim, MARK);
      let mine = await world(user, "");
      const deleted = new Set<string>();
      const statuses = new Map<number, number>();
      for (const [index, input] of fc.sample(cases, { seed: SEED, numRuns: REQUESTS }).entries()) {
        const { operation } = input;
        const path = operation.path.replace(/([\w-]+)\/\{\w+\}/g, (_, kind: string) => {
          const pool = [
            ...(mine[kind] ?? []),
            ...(mine[kind] ?? []),
            ...(theirs[kind] ?? []),
            999_999,
            "x",
            "-1",
          ];
          return `${kind}/${pool[input.pick % pool.length]}`;
        });
        const response = await ask(path, input, user, admin);
        const text = await response.text();
        const isJson = response.headers.get("content-type")?.startsWith("application/json");
        const body: unknown = isJson ? JSON.parse(text) : text;
        const where = `request ${index} of FUZZ_SEED=${SEED}: ${operation.method} ${path} ${text.slice(0, 300)}`;
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(response.status, where).not.toBe(500);
        const complaint = contract.complaint(
          operation,
          response.status,
          response.headers.get("content-type"),
          body,
        );
        expect(complaint, where).toBeNull();
        expect(text, where).not.toContain(MARK);
        expect(response.ok && deleted.has(path), where).toBe(false);
        if (response.ok && operation.method === "DELETE" && /\/[\d]+$/.test(path)) deleted.add(path);
        // What was taken out of a conversation may be brought back.
        if (response.ok && path.endsWith("/undo"))
          for (const gone of deleted) if (gone.startsWith("/chat/messages/")) deleted.delete(gone);
        if (response.ok) remember(mine, operation, body);
        if (index % 100 === 99 || RARE.test(operation.name)) {
          if ((await api("/auth/me", { token: user.token })).status === 401) {
            user = await newUser();
            mine = await world(user, "");
          }
        }
      }
      await expectUnharmed(victim, theirs);
      console.log(
        `FUZZ_SEED=${SEED}`,
        JSON.stringify(Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b))),
      );
      expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 10);
    },
  );
});

function ask(
  path: string,
  { operation, body, raw, type, query, auth }: Case,
  user: TestUser,
  admin: TestUser,
): Promise<Response> {
  const asAdmin = auth > 5 && ADMINISTRATORS.test(path);
  const token = auth === 0 ? undefined : auth === 1 ? "not.a.token" : (asAdmin ? admin : user).token;
  const target = query ? `${path}?${query}` : path;
  if (operation.method === "GET") return api(target, { token });
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const init = { method: operation.method, headers: { ...(type && { "content-type": type }) } };
  return api(target, { ...init, token, ...(text !== undefined && { text }) });
}

/** New things are targets too; a few are enough. */
function remember(mine: Record<string, (string | number)[]>, { method, path }: Operation, body: unknown) {
  const kind = path.split("/").at(-1)!;
  const { id } = (body ?? {}) as { id?: number };
  if (method !== "POST" || id === undefined || !mine[kind]) return;
  mine[kind] = [...mine[kind]!.slice(-3), id];
}

async function expectUnharmed({ token }: TestUser, ids: Record<string, (string | number)[]>) {
  const messages = await json<{ id: number }[]>(
    api(`/chat/conversations/${ids.conversations![0]}/messages`, { token }),
  );
  expect(messages.map((m) => m.id)).toEqual(ids.messages);
  expect(await json(api(`/personas/${ids.personas![0]}`, { token }))).toMatchObject({ name: MARK });
}
