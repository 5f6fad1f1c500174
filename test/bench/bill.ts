/** (g) What a million turns cost by the vendor's public prices, counted unit by unit. */
import type { Client } from "./processes.ts";
import type { ApiShots, Pace } from "./shots.ts";
import { table } from "./stats.ts";

/** US dollars a million, Workers Paid, beyond what the plan includes; `developers.cloudflare.com`, 2026-11-24. */
const PRICES = {
  checked: "2026-11-24",
  "Worker requests": 0.3,
  "Worker CPU, ms": 0.02,
  "object requests and alarms": 0.15,
  "object GB-s": 12.5,
  "object rows written (deletes and alarms are rows)": 1,
  "D1 rows written": 1,
  "D1 rows read": 0.001,
  "KV writes and deletes": 5,
  "KV reads": 0.5,
};
type Unit = Exclude<keyof typeof PRICES, "checked">;

/** What the plan's monthly price includes of each, and the price; the same pages, the same day. */
const INCLUDED: Record<Unit, number> = {
  "Worker requests": 10e6,
  "Worker CPU, ms": 30e6,
  "object requests and alarms": 1e6,
  "object GB-s": 400e3,
  "object rows written (deletes and alarms are rows)": 50e6,
  "D1 rows written": 50e6,
  "D1 rows read": 25e9,
  "KV writes and deletes": 1e6,
  "KV reads": 10e6,
};
const PLAN = 5;
/** D1's storage: US dollars a GB and month, the GB that the plan includes, and the bytes of a message (OPERATIONS.md, Growing). */
const STORAGE = { name: "D1 storage that the month adds, GB", price: 0.75, included: 5, bytes: 734 };
/** What a month's table assumes: a user who is there every day and says this much. */
const TURNS_PER_DAY = 10;
const DAYS = 30;

/** An object is billed for this much memory, whatever it uses. GB. */
const OBJECT_GB = 0.128;
/** A reply of 300 tokens in ten seconds, as measured before this was written. */
const REPLY: Pace = { first: 10, tokens: 300, rate: 30 };
const REPLY_SECONDS = 10;
const TURNS_PER_CONVERSATION = 20;

type Entry = { what: string; object?: string; rowsRead?: number; rowsWritten?: number };
type Counts = Record<Unit, number>;

const sum = (entries: Entry[], test: RegExp, field?: "rowsRead" | "rowsWritten") =>
  entries
    .filter(({ what }) => test.test(what))
    .reduce((n, entry) => n + (field ? (entry[field] ?? 0) : 1), 0);

const countsOf = (entries: Entry[], cpuMs: number): Counts => ({
  "Worker requests": sum(entries, /^request$/),
  "Worker CPU, ms": cpuMs,
  "object requests and alarms": sum(entries, /^object request$/),
  "object GB-s": REPLY_SECONDS * OBJECT_GB,
  "object rows written (deletes and alarms are rows)": sum(
    entries,
    /^(object (put|delete|sql)|alarm)/,
    "rowsWritten",
  ),
  "D1 rows written": sum(entries, /^d1/, "rowsWritten"),
  "D1 rows read": sum(entries, /^d1/, "rowsRead"),
  "KV writes and deletes": sum(entries, /^kv (put|delete|list)/),
  "KV reads": sum(entries, /^kv get/),
});

/** Turns of one conversation, one after another; after each, its alarm has rung. `commits`: of the object, in a later one. */
export async function countTurns(client: Client, api: ApiShots, id: number) {
  const trace = { ...api.call("trace", "GET", "/bench/trace"), keep: true };
  const entriesOf = async () => {
    const [hit] = await client.run({ kind: "in turn", shots: [trace] });
    const all = JSON.parse(hit!.text!) as Entry[];
    return all.filter(({ object }) => !/^\d+$/.test(object ?? "") || object === String(id));
  };
  const turns: Entry[][] = [];
  let commits = 0;
  for (let turn = 0; turn < 2; turn++) {
    await entriesOf();
    await client.run({ kind: "in turn", shots: [api.send("x", id, REPLY)] });
    const written = await entriesOf();
    commits = sum(
      written.filter(({ object }) => object === String(id)),
      /^commit$/,
    );
    // The alarm that looked after the turn rings within this time, and finds nothing left to do.
    await new Promise((resolve) => setTimeout(resolve, 14_000));
    turns.push([...written, ...(await entriesOf())]);
  }
  return { first: turns[0]!, later: turns[1]!, commits };
}

const dollars = (counts: Counts) =>
  (Object.keys(counts) as Unit[]).map((unit) => counts[unit] * PRICES[unit]).reduce((a, b) => a + b, 0);

/** The bill of a million turns: a conversation's first turn, nineteen later ones, and what its rest costs. */
export function bill({ first, later }: { first: Entry[]; later: Entry[] }, cpuMs: number) {
  const rest: Entry[] = [{ what: "object request" }, { what: "object delete all" }];
  const [a, b, c] = [countsOf([...first, ...rest], cpuMs), countsOf(later, cpuMs), TURNS_PER_CONVERSATION];
  const counts = Object.fromEntries(
    (Object.keys(a) as Unit[]).map((unit) => [unit, (a[unit] + (c - 1) * b[unit]) / c]),
  ) as Counts;
  const rows = (Object.keys(counts) as Unit[]).map((unit) => [
    unit,
    counts[unit].toFixed(2),
    `$${PRICES[unit]}`,
    `$${(counts[unit] * PRICES[unit]).toFixed(2)}`,
  ]);
  const total = dollars(counts);
  return {
    total,
    counts,
    text: table(
      ["unit", "a turn", "a million of them", "a million turns"],
      [...rows, ["**together**", "", "", `**$${total.toFixed(2)}**`]],
    ),
  };
}

const whole = (n: number) => n.toLocaleString("en", { maximumFractionDigits: n < 10 ? 1 : 0 });
const cents = (n: number) =>
  `$${n.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** What so many units of one part cost in a month beyond what the plan includes. */
const costOf = (units: number, included: number, price: number) => Math.max(0, units - included) * price;

/** What a month of so many users costs, by part, the model's own price left out. */
export function monthly(counts: Counts, ...users: number[]): string {
  const turns = users.map((n) => n * TURNS_PER_DAY * DAYS);
  const sums = users.map(() => PLAN);
  const row = (name: string, price: string, included: number, cost: number, aTurn: number) => [
    name,
    price,
    whole(included),
    ...turns.flatMap((n, i) => {
      const dollars = costOf(n * aTurn, included, cost);
      sums[i]! += dollars;
      return [whole(n * aTurn), cents(dollars)];
    }),
  ];
  const units = (Object.keys(counts) as Unit[]).filter((unit) => counts[unit] > 0);
  const rows = units.map((unit) =>
    row(unit, `$${PRICES[unit]} / million`, INCLUDED[unit], PRICES[unit] / 1e6, counts[unit]),
  );
  const { name, price, included, bytes } = STORAGE;
  const stored = row(name, `$${price}`, included, price, (2 * bytes) / 1e9);
  const each = (values: string[]) => ["", "", ...values.flatMap((value) => ["", value])];
  return table(
    ["part", "price", "included", ...users.flatMap((n) => [`${whole(n)} users`, "a month"])],
    [
      ["turns", "", "", ...turns.flatMap((n) => [whole(n), ""])],
      ...rows,
      stored,
      ["the plan", ...each(users.map(() => cents(PLAN)))],
      ["**together**", ...each(sums.map((sum) => `**${cents(sum)}**`))],
    ],
  );
}

export const MONTH_NOTES = [
  `Prices of ${PRICES.checked}, Workers Paid. A user has ${TURNS_PER_DAY} turns a day on ${DAYS} days, each a reply of ${REPLY_SECONDS} seconds. Reading is left out: a`,
  "page of history is a request, an object's and some 60 rows read, about fifty cents for a million of them.",
].join("\n");

export const BILL_NOTES = [
  `Prices of ${PRICES.checked}; a turn is a reply of 300 tokens over ${REPLY_SECONDS} seconds, in conversations of ${TURNS_PER_CONVERSATION} turns, by a`,
  "user without allowances and without an `Idempotency-Key` (a key is two rows more, an allowance the rows of its reservation),",
  "by a model without a known price (a price is a row more: what all users' calls of the day cost).",
  "GB-s are the seconds of the reply times the 128 MB that an object is billed for. The processor's time is that of the whole",
  "local runtime, its databases included, so it is more than what a Worker would be billed for. The rows are those of the",
  "conversation's object and of the memory, which learns every turn. A turn leaves nothing in the search index: who searches",
  "has what is new taken in then.",
].join("\n");
