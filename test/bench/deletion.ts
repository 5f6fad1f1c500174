/**
 * `npm run bench:deletion`: what others notice while a large account, and a night's stale conversations, are deleted, and what
 * a race of registrations, logins and keys comes to. It prints Markdown; `--conversations=100 --messages=10000 --stale=1000
 * --race=20` are the sizes of a quick one.
 */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Hit, Shot } from "./client.ts";
import { startClient, startUpstream } from "./processes.ts";
import { fillConversations } from "./seed.ts";
import { build, migrate, startServer, type Server } from "./server.ts";
import { apiShots } from "./shots.ts";
import { ms, quantile, table } from "./stats.ts";

const argument = (name: string, fallback: number) =>
  Number(process.argv.find((it) => it.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);
const sizes = {
  conversations: argument("conversations", 10_000),
  messages: argument("messages", 1_000_000),
  stale: argument("stale", 100_000),
  race: argument("race", 1000),
};
const DAY_MS = 24 * 60 * 60 * 1000;
const BEFORE_MS = argument("before", 10_000);
const PASSWORD = "password123";

const home = await mkdtemp(join(tmpdir(), "persona-bench-"));
const upstream = await startUpstream();
const client = startClient();
const say = (text: string) => process.stderr.write(`${text}\n`);
process.on("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
let server: Server | undefined;
try {
  say("Building");
  const options = { bundle: join(home, "bundle"), state: join(home, "state"), upstream: upstream.url };
  await build(options.bundle);
  server = await startServer({ ...options, variables: { RETENTION_DAYS: "30" } });
  await migrate(server.db);
  process.stdout.write(`${await measure(server)}\n`);
} finally {
  await server?.stop();
  client.stop();
  upstream.stop();
}

type User = { id: number; token: string };

async function measure(server: Server): Promise<string> {
  const [other, leaving, idle] = [
    await register(server, "other"),
    await register(server, "leaving"),
    await register(server, "idle"),
  ];
  const lanes = await lanesOf(server, other);
  say(`Writing ${sizes.messages} messages in ${sizes.conversations} conversations`);
  const perConversation = Math.floor(sizes.messages / sizes.conversations);
  await library(server, leaving, { first: 1000, count: sizes.conversations, perConversation });
  await spend(server, leaving, sizes.messages / 2);
  const quiet = await client.run({ kind: "lanes", lanes, forMs: BEFORE_MS });
  say("Deleting the account");
  const account = await deleteAccount(server, leaving, lanes);
  say(`Writing ${sizes.stale} stale conversations`);
  await library(server, idle, { first: 1_000_000, count: sizes.stale, perConversation: 2 });
  say("The night's work");
  const night = await retain(server, idle, lanes);
  say("The race");
  const race = await runRace(server);
  const rows = [
    ["nothing is deleted", ...figures(quiet), "–"],
    [`an account with ${sizes.messages} messages`, ...figures(account.hits), account.seconds.toFixed(1)],
    [`${sizes.stale} stale conversations`, ...figures(night.hits), night.seconds.toFixed(1)],
  ];
  return [
    `On ${cpus().length} shared cores, ${process.version}, \`npm run bench:deletion\`, others' requests one after the other in ${lanes.length} lanes.`,
    table(
      ["while", "requests", "p50, ms", "p99, ms", "longest, ms", "failed", "until nothing is left, s"],
      rows,
    ),
    `The request that deletes the account was answered after ${ms(account.answered)} ms.`,
    race,
  ].join("\n\n");
}

function figures(hits: Hit[]) {
  const totals = hits.map(({ total }) => total);
  return [
    hits.length,
    ms(quantile(totals, 0.5)),
    ms(quantile(totals, 0.99)),
    ms(Math.max(...totals)),
    hits.filter(({ status }) => status !== 200).length,
  ];
}

async function call<T>(url: string, method: string, body: object | null, token = ""): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}

async function register({ app }: Server, name: string): Promise<User> {
  const body = { email: `${name}@example.com`, password: PASSWORD };
  const { access_token: token } = await call<{ access_token: string }>(`${app}/auth/register`, "POST", body);
  const { id } = await call<{ id: number }>(`${app}/auth/me`, "GET", null, token);
  return { id, token };
}

/** What somebody else does meanwhile: reads their history and lists, writes a title, talks. */
async function lanesOf({ app, db }: Server, { id: userId, token }: User): Promise<Shot[]> {
  const { id: persona_id } = await call<{ id: number }>(
    `${app}/personas`,
    "POST",
    { name: "Alex", description: "An old friend", relation_type: "friend" },
    token,
  );
  const start = () =>
    call<{ id: number }>(`${app}/chat/conversations`, "POST", { title: "Talk", persona_id }, token);
  const [read, spoken] = [await start(), await start()];
  await fillConversations(db, { from: read.id, to: read.id, length: 50 });
  const api = apiShots(app, token);
  const title = JSON.stringify({ title: `Talk of ${userId}` });
  return [
    api.list("history", read.id, 50),
    api.call("personas", "GET", "/personas"),
    api.call("rename", "PUT", `/chat/conversations/${read.id}`, { body: title }),
    api.send("turn", spoken.id, { first: 10, tokens: 3, rate: 0 }),
  ];
}

type Library = { first: number; count: number; perConversation: number };

/** Conversations of a user that nothing has changed for forty days, ids from `first` on. */
async function library({ db }: Server, { id: userId }: User, { first, count, perConversation }: Library) {
  const at = Date.now() - 40 * DAY_MS;
  await db
    .prepare(
      `INSERT INTO personas (id, user_id, name, description, relation_type, created_at, updated_at)
       VALUES (?1, ?2, 'Alex', 'An old friend', 'friend', ?3, ?3)`,
    )
    .bind(first, userId, at)
    .run();
  const STEP = 10_000;
  for (let from = first; from < first + count; from += STEP) {
    const to = Math.min(first + count, from + STEP) - 1;
    await db
      .prepare(
        `WITH RECURSIVE c(id) AS (SELECT ?1 UNION ALL SELECT id + 1 FROM c WHERE id < ?2)
         INSERT INTO conversations (id, user_id, persona_id, title, message_count, created_at, updated_at)
         SELECT id, ?3, ?4, 'Talk', ?6, ?5, ?5 FROM c`,
      )
      .bind(from, to, userId, first, at, perConversation)
      .run();
    for (let some = from; some <= to; some += 1000)
      await fillConversations(db, { from: some, to: Math.min(to, some + 999), length: perConversation });
  }
}

/** Rows of the ledger, with what its trigger adds up. */
async function spend({ db }: Server, { id: userId }: User, count: number) {
  const STEP = 50_000;
  for (let from = 1; from <= count; from += STEP) {
    await db
      .prepare(
        `WITH RECURSIVE n(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2)
         INSERT INTO usage_events SELECT 'bench/' || n, ?3, 1000, 1000 + n % ?4, n, 'reply', 'openai', 'bench-1', 'bench-1',
           500, 0, 0, 10, 0, 100, 'p', 0, 300, 900, 'complete', NULL, 1700000000000 + n FROM n`,
      )
      .bind(from, Math.min(count, from + STEP - 1), userId, sizes.conversations)
      .run();
  }
}

/** Others' requests for as long as something is to be done, and how long that was. */
async function during(lanes: Shot[], isDone: () => Promise<boolean>) {
  const begun = performance.now();
  const hits: Hit[] = [];
  let seconds: number | null = null;
  const watch = async () => {
    while (!(await isDone())) await sleep(250);
    seconds = (performance.now() - begun) / 1000;
  };
  const watching = watch();
  while (seconds === null) hits.push(...(await client.run({ kind: "lanes", lanes, forMs: 1000 })));
  await watching;
  return { hits, seconds: seconds as number };
}

async function deleteAccount({ app }: Server, { token }: User, lanes: Shot[]) {
  let answered = 0;
  const begun = performance.now();
  const removal = call<{ receipt: string }>(`${app}/auth/me`, "DELETE", { password: PASSWORD }, token).then(
    (answer) => {
      answered = performance.now() - begun;
      return answer.receipt;
    },
  );
  const isDone = async () => {
    const receipt = await removal;
    const { state } = await call<{ state: string }>(`${app}/auth/deletions/${receipt}`, "GET", null);
    return state === "complete";
  };
  const { hits, seconds } = await during(lanes, isDone);
  return { hits, seconds, answered };
}

async function retain({ db, runDaily }: Server, { id }: User, lanes: Shot[]) {
  const night = runDaily();
  const left = () =>
    db.prepare("SELECT count(*) AS n FROM conversations WHERE user_id = ?").bind(id).first<{ n: number }>();
  const result = await during(lanes, async () => (await left())?.n === 0);
  await night;
  return result;
}

/** Registrations of which two want each address, logins and keys, all at once: what was answered, and that no address is there twice. */
async function runRace({ app, db }: Server): Promise<string> {
  const before = await db.prepare("SELECT count(*) AS n FROM users").first<{ n: number }>();
  const { token } = await register(server!, "racer");
  const json = { "content-type": "application/json" };
  const shot = (name: string, path: string, body: object, headers: Record<string, string> = {}): Shot => ({
    name,
    url: `${app}${path}`,
    method: "POST",
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });
  const shots = Array.from({ length: sizes.race }, (_, i) => [
    shot("registrations", "/auth/register", { email: `race-${i >> 1}@example.com`, password: PASSWORD }),
    shot("logins", "/auth/login", { email: "racer@example.com", password: PASSWORD }),
    shot("keys", "/auth/api-keys", { name: `k${i}`, scopes: ["read"] }, { authorization: `Bearer ${token}` }),
  ]).flat();
  const hits = await client.run({ kind: "at once", shots, overMs: 10_000 });
  const after = await db.prepare("SELECT count(*) AS n FROM users").first<{ n: number }>();
  const made = hits.filter(({ name, status }) => name === "registrations" && status === 200).length;
  const rows = ["registrations", "logins", "keys"].map((kind) => {
    const statuses = Map.groupBy(
      hits.filter(({ name }) => name === kind),
      ({ status }) => status,
    );
    const counts = [...statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([status, { length }]) => `${length} × ${status}`);
    return [kind, sizes.race, counts.join(", ")];
  });
  const strange = hits.filter(({ status }) => status === 500 || status === 0).length;
  const agrees = (after?.n ?? 0) - (before?.n ?? 0) - 1 === made;
  const verdict = `${made} answered 200 and ${agrees ? "as many" : "NOT as many"} users are there; ${strange} internal errors.`;
  return [table(["at once", "asked", "answers"], rows), verdict].join("\n\n");
}
