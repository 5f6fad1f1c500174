/**
 * The bench: what our server adds to a language model's answer, measured from outside over plain sockets on one machine.
 * `npm run bench` takes about ten minutes and writes RESULTS.md; `npm run bench -- --quick` only shows that it works;
 * `npm run bench -- --before ../old` measures another checkout as well, in turn with this one, and only what is compared;
 * `npm run bench -- --logins` prints (i) alone, `--pass` (j), `--search` what a search takes, `--bill` (g) and what a month costs, `--encrypted` what it costs that
 * everything is sealed, `--moderation` (k) what a moderation model that reads along adds to the first token.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";

import { bill, BILL_NOTES, countTurns, MONTH_NOTES, monthly } from "./bill.ts";
import { compare, type Contender } from "./compare.ts";
import { measureCold, measureFirstToken, measurePace, measureSlowDatabase } from "./first-token.ts";
import { measureStreams, measureTurns } from "./load.ts";
import { measureLogins } from "./logins.ts";
import { measureModeration } from "./moderation.ts";
import { measurePass } from "./pass.ts";
import { startClient, startUpstream } from "./processes.ts";
import { measureSameBytes } from "./same-bytes.ts";
import { countRoundTrips, measureSizes } from "./round-trips.ts";
import { measureSearch } from "./search.ts";
import { seed, type Seed, type Sizes } from "./seed.ts";
import { build, startServer } from "./server.ts";
import { apiShots, createConversations, createKey } from "./shots.ts";
import { NOTES } from "./notes.ts";
import { ms, times } from "./stats.ts";

const quick = process.argv.includes("--quick");
const plan = quick
  ? {
      sizes: { short: 20, middle: 1000, long: 5000, messages: 10_000 },
      talks: 3,
      sliceMs: 300,
      streams: { counts: [20], seconds: 2 },
      rounds: 8,
      cold: 3,
      slow: 2,
    }
  : {
      sizes: { short: 20, middle: 1000, long: 100_000, messages: 1_000_000 },
      talks: 60,
      sliceMs: 2000,
      streams: { counts: [100, 200, 500, 1000], seconds: 10 },
      rounds: 150,
      cold: 40,
      slow: 15,
    };

/** As many as stretched the longest gap between tokens to 3.7 s while a hash held the thread. */
const LOGINS = 50;
const PASSES = quick ? 20 : 300;

const home = await mkdtemp(join(tmpdir(), "persona-bench-"));
const upstream = await startUpstream();
const client = startClient();
const options = { bundle: join(home, "bundle"), state: join(home, "state"), upstream: upstream.url };
const say = (text: string) => process.stderr.write(`${text}\n`);
// However the bench ends, it leaves nothing behind; the runtime's own process ends with this one's `exit`.
process.on("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
let server: Awaited<ReturnType<typeof startServer>> | undefined;

const other = process.argv.indexOf("--before") + 1;
try {
  if (other > 0) await before(process.argv[other]!);
  else if (process.argv.includes("--encrypted")) await encrypted();
  else if (process.argv.includes("--logins")) await logins();
  else if (process.argv.includes("--search")) await searches();
  else if (process.argv.includes("--pass")) await passes();
  else if (process.argv.includes("--bill")) await bills();
  else if (process.argv.includes("--moderation")) await moderation();
  else await all();
} finally {
  await server?.stop();
  client.stop();
  upstream.stop();
}

/** `checkout` and this one. */
async function before(checkout: string) {
  const contenders: [Contender, Contender] = [
    { name: `before (${commitOf(checkout)})`, checkout },
    { name: `after (${commitOf(import.meta.dirname)})` },
  ];
  process.stdout.write(`${await compare(contenders, client, upstream, home, say)}\n`);
}

/** What it costs to keep everything sealed. */
async function encrypted() {
  const variables = { ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64") };
  const contenders: [Contender, Contender] = [{ name: "as it is" }, { name: "encrypted", variables }];
  process.stdout.write(`${await compare(contenders, client, upstream, home, say)}\n`);
}

async function all() {
  const results = await bench();
  await writeFile(
    join(import.meta.dirname, quick ? "../../node_modules/.bench-quick.md" : "RESULTS.md"),
    results.text,
  );
  process.stdout.write(results.text);
  process.exitCode = results.passed ? 0 : 1;
}

/** (i) alone, on a small database. */
async function logins() {
  const { first, seeded } = await begin({ short: 10, middle: 10, long: 10, messages: 30 });
  const { text } = await measureLogins(apiShots(first.app, seeded.token), seeded.empty, LOGINS);
  process.stdout.write(`${text}\n`);
}

/** What a search takes, over messages of its own. */
async function searches() {
  const { first, seeded } = await begin({ short: 1, middle: 1, long: 1, messages: 3 });
  await first.db.prepare("DELETE FROM chat_messages").run();
  const { text } = await measureSearch(client, first.db, apiShots(first.app, seeded.token));
  process.stdout.write(`${text}\n`);
}

/** (k): with a moderation model and without, in turn. */
async function moderation() {
  await build(options.bundle);
  process.stdout.write(`${await measureModeration(client, options, quick ? 5 : 30)}\n`);
}

/** (j) alone, on a small database. */
async function passes() {
  const { first, seeded } = await begin({ short: 10, middle: 10, long: 10, messages: 30 });
  const key = await createKey(first.app, seeded.token);
  const at = { upstream: upstream.url, floor: first.floor };
  const { text } = await measurePass(client, at, first.app, key, passPersonas(seeded), PASSES);
  process.stdout.write(`${text}\n`);
}

function passPersonas({ alone, remembering }: Seed) {
  return { alone: alone.shift()!, remembering };
}

/** (g) alone, on a small database. */
async function bills() {
  const { first, seeded } = await begin({ short: 10, middle: 10, long: 10, messages: 30 });
  const at = { upstream: upstream.url, floor: first.floor };
  const lanes = seeded.empty.splice(0, 32);
  const { cpuMs } = await measureTurns(client, at, apiShots(first.app, seeded.token), lanes, 500);
  const { app } = await restart({ counting: true });
  const counted = await countTurns(client, apiShots(app, seeded.token), seeded.empty[0]!);
  process.stdout.write(`${billText(bill(counted, cpuMs))}\n`);
}

function billText({ text, counts }: ReturnType<typeof bill>) {
  return [text, BILL_NOTES, monthly(counts, 1000, 1_000_000), MONTH_NOTES].join("\n\n");
}

async function begin(sizes: Sizes) {
  say("Building, and filling the database");
  await build(options.bundle);
  const first = await restart({ counting: false });
  return { first, seeded: await seed(first, sizes) };
}

async function bench() {
  const begun = await begin(plan.sizes);
  const { seeded } = begun;
  let server = begun.first;
  const take = (count: number) => seeded.empty.splice(0, count);

  const at = { upstream: upstream.url, floor: server.floor, pid: upstream.pid };
  let api = apiShots(server.app, seeded.token);
  say("(a) first token");
  const open = (personas: number[]) => createConversations(server.app, seeded.token, personas);
  const withKey = {
    api: apiShots(server.app, await createKey(server.app, seeded.token)),
    conversations: await open(seeded.alone.splice(0, plan.talks)),
  };
  const remembering = await open(Array<number>(plan.talks).fill(seeded.remembering));
  const openNext = async () => (await open(seeded.alone.splice(0, 1)))[0]!;
  const first = await measureFirstToken(client, at, api, openNext, withKey, remembering);
  const { talked } = first;
  const pace = await measurePace(client, at, api, talked.slice(0, 12));
  say("(j) a pass");
  const passKey = await createKey(server.app, seeded.token);
  const passed = await measurePass(client, at, server.app, passKey, passPersonas(seeded), PASSES);
  say("(b) turns a second");
  const turns = await measureTurns(client, at, api, take(32), plan.sliceMs);
  say("(c) streams");
  const streams = await measureStreams(client, at, api, take(1000), plan.streams);

  say("(i) logins");
  const logins = await measureLogins(api, take(6), LOGINS);

  say("(a) first token, cold");
  const asleep = [...talked.slice(0, 2), ...take(2 * plan.cold)];
  await client.run({
    kind: "in turn",
    shots: asleep.map((id) => api.send("x", id, { first: 0, tokens: 3, rate: 0 })),
  });
  server = await restart({ counting: false });
  api = apiShots(server.app, seeded.token);
  const [straight, opened] = [asleep.slice(2, 2 + plan.cold), asleep.slice(2 + plan.cold)];
  const cold = await measureCold(client, { ...at, floor: server.floor }, api, straight, opened);

  say("(d), (e), (f) the database");
  server = await restart({ counting: true });
  api = apiShots(server.app, seeded.token);
  const trips = await countRoundTrips(client, api, take(1), asleep[0]!);
  const { short, middle, long } = plan.sizes;
  const sizes = await measureSizes(client, api, seeded, [short, middle, long], plan.rounds);
  say("(g) the bill, (h) what stays the same");
  const counted = await countTurns(client, api, take(1)[0]!);
  const costs = bill(counted, turns.cpuMs);
  const same = await measureSameBytes(client, upstream.url, api, take(1)[0]!);
  const slow = await measureSlowDatabase(client, api, take(plan.slow), take(3 * plan.slow));

  const streamed = streams.ours.get(quick ? 20 : 200)!;
  const bars: [boolean, string][] = [
    [
      first.ratio <= 2,
      `first token, conversation in use: we add ${times(first.ratio)} what a bare Worker adds (at most 2×)`,
    ],
    [first.keyRatio <= 2, `the same with an API key: ${times(first.keyRatio)} (at most 2×)`],
    [passed.ratio <= 1.5, `first token of a pass, warm: ${times(passed.ratio)} (at most 1.5×)`],
    [first.newRatio <= 3.5, `first message of a conversation: ${times(first.newRatio)} (at most 3.5×)`],
    [cold.ratio <= 3.5, `first turn after a restart: ${times(cold.ratio)} (at most 3.5×)`],
    [
      streamed.p50 <= 10 && streamed.p99 <= 100 && streamed.lost === 0,
      `200 streams at 20 tokens a second: ${ms(streamed.p50)} ms added at the median (at most 10), ${ms(streamed.p99)} at the 99th percentile (at most 100), ${streamed.lost} lost`,
    ],
    [costs.total <= 45, `a million turns: $${costs.total.toFixed(2)} (at most $45)`],
    [
      counted.commits <= 12,
      `a reply of ten seconds: ${counted.commits} commits of its object (at most 12: one begins it, one ends it)`,
    ],
    [
      same.share >= 0.85,
      `turns 61 to 100: ${(100 * same.share).toFixed(0)} % of the prompt the same bytes as the turn before (at least 85 %)`,
    ],
    [
      sizes.worst.rows <= 1.1,
      `rows read, from the shortest to the longest conversation: ${times(sizes.worst.rows)} (flat: at most 1.1×)`,
    ],
    [
      sizes.worst.time <= 1.25,
      `time, from the shortest to the longest conversation: ${times(sizes.worst.time)} (flat: at most 1.25×)`,
    ],
    [
      slow.grows <= 1.1,
      `first token, D1 slowed down: grows by ${slow.grows.toFixed(2)} round trips (at most 1)`,
    ],
    [
      logins.delay <= 50,
      `${LOGINS} logins at once: the slowest token is under way ${ms(logins.delay)} ms longer (at most 50)`,
    ],
  ];
  const verdicts = bars.map(([passed, text]) => `- ${passed ? "PASS" : "FAIL"}: ${text}`).join("\n");
  return {
    passed: bars.every(([passed]) => passed),
    text: [
      "# What the server costs",
      verdicts,
      machine(),
      `## (a) First token\n\n${first.text}\n\n${cold.text}\n\n${pace}\n\n${NOTES.firstToken}`,
      `## (b) Turns a second, upstream at once\n\n${turns.text}`,
      `## (c) Streams at 20 tokens a second\n\n${streams.text}\n\n${NOTES.streams}`,
      `## (d) Length of the conversation, in a database of ${plan.sizes.messages.toLocaleString("en")} messages\n\n${sizes.text}`,
      `## (e) Round trips\n\n${trips}\n\n${NOTES.roundTrips}`,
      `## (f) A slow database\n\n${slow.text}`,
      `## (g) The bill of a million turns\n\n${billText(costs)}`,
      `## (h) What stays the same from turn to turn\n\n${same.text}\n`,
      `## (i) ${LOGINS} logins at once, beside a stream of 40 tokens a second\n\n${logins.text}\n`,
      `## (j) A pass: a client's own history, kept nowhere\n\n${passed.text}\n`,
    ].join("\n\n"),
  };
}

async function restart({ counting }: { counting: boolean }) {
  await server?.stop();
  server = undefined;
  server = await startServer({ ...options, counting });
  return server;
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", cwd }).trim();
}

function commitOf(checkout: string): string {
  return git(checkout, "rev-parse", "--short", "HEAD");
}

function machine() {
  const [cpu] = cpus();
  const dirty = git(import.meta.dirname, "status", "--porcelain", "--", "../../src", "../../drizzle")
    ? ", with changes not committed"
    : "";
  return [
    `\`npm run bench${quick ? " -- --quick" : ""}\`, ${new Date().toISOString().slice(0, 10)}, commit ${commitOf(import.meta.dirname)}${dirty}.`,
    `${cpus().length} × ${cpu!.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.version}; client, upstream and server share them.`,
  ].join("\n");
}
