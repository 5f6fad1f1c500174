/**
 * Fits the weights of `src/memory/rank.ts` to the half `dev`, held to those that are there, and prints slopes to write down:
 * `node test/bench/memory/fit.ts [how hard they are held]`. Out of fold: each pair of conversations by weights that never saw it.
 */
/// <reference types="@cloudflare/workers-types" />
import { conversations } from "./conversations.ts";
import { seeded } from "../../safety/chat.ts";
import { digest, featuresOf, FEATURES, openIndex, SLOPES } from "./load.ts";

const HOLDS = process.argv.slice(2).map(Number);
const FOLDS = 5;
const ROUNDS = 100;
const RATE = 0.03;
/** What a message is whatever is asked is held so many times harder: composed small talk gives itself away by it, a user's does not. */
const FIRMER = 10;
/** What a message pays for its room is not fitted: finding has no price here. */
const FIXED = FEATURES.indexOf("size");

type Case = {
  kind: string;
  fold: number;
  rows: number[][];
  tokens: number[];
  sessions: number[];
  evidence: number[];
};

const cases: Case[] = conversations()
  .filter(({ half }) => half === "dev")
  .flatMap((conversation, n) => {
    const index = openIndex();
    conversation.messages.forEach(({ role, at, content }, i) =>
      index.add(digest({ id: 2 ** 20 + i + 1, role, at: Date.parse(at), body: content })),
    );
    const view = index.view();
    return conversation.questions.map(({ kind, question, at, evidence }) => ({
      kind,
      fold: n % FOLDS,
      rows: featuresOf(view, { text: question, persona: conversation.persona, now: Date.parse(at) }),
      tokens: view.docs.map((doc) => doc.tokens),
      sessions: view.docs.map((doc) => doc.session),
      evidence,
    }));
  });

const all = cases.flatMap(({ rows }) => rows);
const deviations = FEATURES.map((_, f) => {
  const mean = all.reduce((sum, row) => sum + (row[f] ?? 0), 0) / all.length;
  return Math.sqrt(all.reduce((sum, row) => sum + ((row[f] ?? 0) - mean) ** 2, 0) / all.length) || 1;
});
const scoreOf = (row: number[], slopes: number[]) =>
  row.reduce((sum, value, f) => sum + value * (slopes[f] ?? 0), 0);

/** Softmax over the messages of each question, by Adam, in standard deviations. */
function fit(some: Case[], hold: number): number[] {
  const slopes = [...SLOPES];
  const [first, second] = [slopes.map(() => 0), slopes.map(() => 0)];
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = slopes.map(
      (slope, f) => (f < FIXED ? FIRMER : 1) * hold * (slope - (SLOPES[f] ?? 0)) * (deviations[f] ?? 1),
    );
    for (const { rows, evidence } of some) {
      const scores = rows.map((row) => scoreOf(row, slopes));
      const most = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - most));
      const sum = powers.reduce((a, b) => a + b, 0);
      rows.forEach((row, i) => {
        const off = (powers[i] ?? 0) / sum - (evidence.includes(i) ? 1 / evidence.length : 0);
        if (Math.abs(off) < 1e-4) return;
        row.forEach(
          (value, f) =>
            (gradient[f] = (gradient[f] ?? 0) + (off * value) / (deviations[f] ?? 1) / some.length),
        );
      });
    }
    gradient.forEach((g, f) => {
      if (f === FIXED) return;
      first[f] = 0.9 * (first[f] ?? 0) + 0.1 * g;
      second[f] = 0.99 * (second[f] ?? 0) + 0.01 * g * g;
      const step = first[f] / (1 - 0.9 ** round) / (Math.sqrt(second[f] / (1 - 0.99 ** round)) + 1e-8);
      slopes[f] = (slopes[f] ?? 0) - (RATE * step) / (deviations[f] ?? 1);
    });
  }
  return slopes;
}

function foundBy({ rows, tokens, sessions, evidence }: Case, slopes: number[], budget: number): number {
  const order = rows
    .map((row, i) => ({ i, score: scoreOf(row, slopes) }))
    .toSorted((a, b) => b.score - a.score);
  const [seen, ids] = [new Set<number>(), new Set<number>()];
  let room = budget;
  for (const { i } of order) {
    const size = (tokens[i] ?? 0) + (seen.has(sessions[i] ?? 0) ? 0 : 10);
    if (size > room) continue;
    room -= size;
    seen.add(sessions[i] ?? 0);
    ids.add(i);
  }
  return evidence.filter((i) => ids.has(i)).length / evidence.length;
}

const report = (slopesFor: (one: Case) => number[]) =>
  [1000, 2000]
    .map((budget) => {
      const of = (some: Case[]) =>
        (
          (100 * some.reduce((sum, one) => sum + foundBy(one, slopesFor(one), budget), 0)) /
          some.length
        ).toFixed(1);
      const kinds = [...new Set(cases.map(({ kind }) => kind))];
      return `${budget}: ${of(cases)} (${kinds.map((kind) => `${kind} ${of(cases.filter((one) => one.kind === kind))}`).join(", ")})`;
    })
    .join("; ");

console.log(`as it is: ${report(() => SLOPES)}`);

/**
 * What a weight of `alike` does, with stand-ins for a model that embeds: one that says nothing, and ones to which what answers is
 * more alike than the rest, by so many deviations.
 */
const ALIKE = FEATURES.indexOf("alike");
for (const separation of [0, 1, 2]) {
  const random = seeded(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (const { rows, evidence } of cases)
    rows.forEach((row, i) => (row[ALIKE] = normal() + separation * Number(evidence.includes(i))));
  for (const weight of [0, 0.1, 0.25, 0.5, 1, 2])
    console.log(`alike ${weight}, ${separation} deviations: ${report(() => SLOPES.with(ALIKE, weight))}`);
}
for (const { rows } of cases) for (const row of rows) row[ALIKE] = 0;

for (const hold of HOLDS) {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fit(
      cases.filter((one) => one.fold !== fold),
      hold,
    ),
  );
  console.log(`held ${hold}, out of fold: ${report(({ fold }) => folds[fold] ?? SLOPES)}`);
  const slopes = fit(cases, hold);
  console.log(
    FEATURES.map(
      (name, f) =>
        `${name} ${((SLOPES[f] ?? 0) * (deviations[f] ?? 1)).toFixed(3)} → ${((slopes[f] ?? 0) * (deviations[f] ?? 1)).toFixed(3)} [${(slopes[f] ?? 0).toFixed(4)}]`,
    ).join("\n"),
  );
}
