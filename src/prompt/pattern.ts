/*
 * Regular expressions that somebody else has written, in time that grows with the length of the text: all ways through one are
 * gone at once (Thompson 1968, as in RE2), none is tried after the other. What would need trying, such as `(?=…)` or `\1`, is
 * not understood.
 */

type Test = (code: number) => boolean;
type Step =
  | { type: "sign"; test: Test }
  | { type: "split"; to: number[] }
  | { type: "edge"; kind: "start" | "end" | "word" | "inner" }
  | { type: "match" };

/** Whether a text has it somewhere. */
export type Pattern = (text: string) => boolean;

/** A pattern of more steps than this is not understood either: it would take as many times as long. */
const MAX_STEPS = 400;
const MAX_DEPTH = 20;

const notUnderstood = new Error("This pattern is not understood.");

/** A pattern as it is written, or as `/pattern/flags`; null where it is not understood. */
export function patternOf(written: string, isCaseSensitive: boolean): Pattern | null {
  const [, body = written, flags = isCaseSensitive ? "" : "i"] = /^\/(.+)\/([a-z]*)$/s.exec(written) ?? [];
  try {
    if (/[^gimsuy]/.test(flags)) return null;
    const steps = compiled(body, flags.includes("i"), flags.includes("s"));
    return (text) => runs(steps, text, flags.includes("m"));
  } catch (error) {
    if (error === notUnderstood) return null;
    throw error;
  }
}

const isWord = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isSpace = (code: number) => /\s/.test(String.fromCodePoint(code));
const isBreak = (code: number) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
const not =
  (test: Test): Test =>
  (code) =>
    !test(code);
const CLASSES: Record<string, Test> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const CONTROL: Record<string, string> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", 0: "\0" };

/** A pattern that is being read, and how far. */
type Reader = { signs: string[]; at: number; isFolded: boolean; hasDotAll: boolean };

/** @throws `notUnderstood` */
function compiled(body: string, isFolded: boolean, hasDotAll: boolean): Step[] {
  const reader: Reader = { signs: [...body], at: 0, isFolded, hasDotAll };
  const whole = either(reader, 0);
  if (reader.at < reader.signs.length) throw notUnderstood;
  return [...whole, { type: "match" }];
}

/** The next sign, or none at the end; it is read then. */
const take = (reader: Reader): string => reader.signs[reader.at++] ?? "";
const next = ({ signs, at }: Reader, ahead = 0): string | undefined => signs[at + ahead];

function literal({ isFolded }: Reader, sign: string): Test {
  const forms = isFolded ? [sign, sign.toLowerCase(), sign.toUpperCase()] : [sign];
  const codes = new Set(forms.filter((form) => [...form].length === 1).map((form) => form.codePointAt(0)));
  return (code) => codes.has(code);
}

function range({ isFolded }: Reader, from: number, to: number): Test {
  if (from > to) throw notUnderstood;
  const isIn = (code: number) => code >= from && code <= to;
  if (!isFolded) return isIn;
  const other = (text: string) => [...text].length === 1 && isIn(text.codePointAt(0) ?? -1);
  return (code) => {
    const sign = String.fromCodePoint(code);
    return isIn(code) || other(sign.toLowerCase()) || other(sign.toUpperCase());
  };
}

/** What stands behind a backslash. */
function escaped(reader: Reader): string | Test {
  const sign = take(reader);
  if (CLASSES[sign]) return CLASSES[sign];
  if (CONTROL[sign] !== undefined && !(sign === "0" && isDigit((next(reader) ?? " ").charCodeAt(0))))
    return CONTROL[sign];
  if (sign === "u" || sign === "x") return coded(reader, sign === "u" ? 4 : 2);
  if (sign === "" || /[a-z0-9]/i.test(sign)) throw notUnderstood;
  return sign;
}

function coded(reader: Reader, length: number): string {
  const hex = reader.signs.slice(reader.at, reader.at + length).join("");
  if (!/^[0-9a-f]+$/i.test(hex) || hex.length !== length) throw notUnderstood;
  reader.at += length;
  return String.fromCodePoint(Number.parseInt(hex, 16));
}

/** What stands in `[…]`, behind the first bracket. */
function bracket(reader: Reader): Test {
  const isNegated = next(reader) === "^";
  if (isNegated) reader.at++;
  const tests: Test[] = [];
  while (next(reader) !== "]") tests.push(member(reader));
  reader.at++;
  const any: Test = (code) => tests.some((test) => test(code));
  return isNegated ? not(any) : any;
}

/** A sign, a class or a range among those in brackets. */
function member(reader: Reader): Test {
  const from = bracketSign(reader);
  if (typeof from !== "string") return from;
  if (next(reader) !== "-" || (next(reader, 1) ?? "]") === "]") return literal(reader, from);
  reader.at++;
  const to = bracketSign(reader);
  if (typeof to !== "string") throw notUnderstood;
  return range(reader, from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0);
}

function bracketSign(reader: Reader): string | Test {
  const sign = take(reader);
  if (sign === "") throw notUnderstood;
  if (sign !== "\\") return sign;
  if (next(reader) !== "b") return escaped(reader);
  reader.at++;
  return "\b";
}

function grown(steps: Step[]): Step[] {
  if (steps.length > MAX_STEPS) throw notUnderstood;
  return steps;
}
const moved = (steps: Step[], by: number): Step[] =>
  steps.map((step) => (step.type === "split" ? { ...step, to: step.to.map((to) => to + by) } : step));
function joined(...parts: Step[][]): Step[] {
  const all: Step[] = [];
  for (const part of parts) grown(all).push(...moved(part, all.length));
  return grown(all);
}
const optional = (part: Step[]): Step[] => joined([{ type: "split", to: [1, part.length + 1] }], part);
const repeated = (part: Step[]): Step[] =>
  grown([{ type: "split", to: [1, part.length + 2] }, ...moved(part, 1), { type: "split", to: [0] }]);

/** A part as often as what stands behind it says. */
function times(reader: Reader, part: Step[]): Step[] {
  const counts = countsIn(reader);
  if (!counts) return part;
  const [least, most] = counts;
  // Greedy or not is the same where only the whether counts.
  if (next(reader) === "?") reader.at++;
  const needed = Array.from({ length: least }, () => part);
  if (most === Infinity) return joined(...needed, repeated(part));
  return joined(...needed, ...Array.from({ length: most - least }, () => optional(part)));
}

const COUNTS: Record<string, [least: number, most: number]> = {
  "*": [0, Infinity],
  "+": [1, Infinity],
  "?": [0, 1],
};

/** How often at least and at most, where something stands here that says so. */
function countsIn(reader: Reader): [least: number, most: number] | null {
  const known = COUNTS[next(reader) ?? ""];
  if (known) reader.at++;
  if (known || next(reader) !== "{") return known ?? null;
  const written = reader.signs.slice(reader.at, reader.at + 12).join("");
  const [counted, from = "", comma, to] = /^\{(\d{1,4})(,)?(\d{1,4})?\}/.exec(written) ?? [];
  if (!counted) return null;
  reader.at += counted.length;
  const least = Number(from);
  const most = comma ? (to ? Number(to) : Infinity) : least;
  if (most < least || least > MAX_STEPS || (most > MAX_STEPS && most !== Infinity)) throw notUnderstood;
  return [least, most];
}

function atom(reader: Reader, depth: number): Step[] {
  const sign = take(reader);
  switch (sign) {
    case "(":
      return group(reader, depth);
    case "[":
      return [{ type: "sign", test: bracket(reader) }];
    case ".":
      return [{ type: "sign", test: reader.hasDotAll ? () => true : not(isBreak) }];
    case "^":
      return [{ type: "edge", kind: "start" }];
    case "$":
      return [{ type: "edge", kind: "end" }];
    case "*":
    case "+":
    case "?":
    case "{":
      throw notUnderstood;
    case "\\":
      return [edgeIn(reader) ?? { type: "sign", test: testOf(reader, escaped(reader)) }];
    default:
      return [{ type: "sign", test: literal(reader, sign) }];
  }
}

const testOf = (reader: Reader, what: string | Test) =>
  typeof what === "string" ? literal(reader, what) : what;

/** `\b` and `\B`. */
function edgeIn(reader: Reader): Step | null {
  const sign = next(reader);
  if (sign !== "b" && sign !== "B") return null;
  reader.at++;
  return { type: "edge", kind: sign === "b" ? "word" : "inner" };
}

function group(reader: Reader, depth: number): Step[] {
  if (depth >= MAX_DEPTH) throw notUnderstood;
  if (next(reader) === "?") {
    if (next(reader, 1) !== ":") throw notUnderstood;
    reader.at += 2;
  }
  const inside = either(reader, depth + 1);
  if (take(reader) !== ")") throw notUnderstood;
  return inside;
}

function either(reader: Reader, depth: number): Step[] {
  const ways = [sequence(reader, depth)];
  while (next(reader) === "|") {
    reader.at++;
    ways.push(sequence(reader, depth));
  }
  return ways.reduceRight((rest, way) =>
    grown([
      { type: "split", to: [1, way.length + 2] },
      ...moved(way, 1),
      { type: "split", to: [way.length + 2 + rest.length] },
      ...moved(rest, way.length + 2),
    ]),
  );
}

function sequence(reader: Reader, depth: number): Step[] {
  let steps: Step[] = [];
  for (let sign = next(reader); sign !== undefined && sign !== "|" && sign !== ")"; sign = next(reader))
    steps = joined(steps, times(reader, atom(reader, depth)));
  return steps;
}

/** Goes every way at once, a sign of the text after the other. */
function runs(steps: Step[], text: string, hasLines: boolean): boolean {
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const seen = new Int32Array(steps.length).fill(-1);
  let states: number[] = [];
  const enter = (start: number, at: number, into: number[]): boolean => {
    const open = [start];
    for (let n = open.pop(); n !== undefined; n = open.pop()) {
      if (seen[n] === at) continue;
      seen[n] = at;
      const step = steps[n];
      if (step?.type === "match") return true;
      if (step?.type === "sign") into.push(n);
      else if (step?.type === "split") open.push(...step.to);
      else if (step && isEdge(step.kind, codes, at, hasLines)) open.push(n + 1);
    }
    return false;
  };
  for (let at = 0; at <= codes.length; at++) {
    const code = codes[at - 1];
    const before = states;
    states = [];
    for (const n of before) {
      const step = steps[n];
      if (code !== undefined && step?.type === "sign" && step.test(code) && enter(n + 1, at, states))
        return true;
    }
    if (enter(0, at, states)) return true;
  }
  return false;
}

function isEdge(
  kind: "start" | "end" | "word" | "inner",
  codes: number[],
  at: number,
  hasLines: boolean,
): boolean {
  if (kind === "start") return at === 0 || (hasLines && isBreak(codes[at - 1] ?? 0));
  if (kind === "end") return at === codes.length || (hasLines && isBreak(codes[at] ?? 0));
  const isBetween = isWord(codes[at - 1] ?? 0) !== isWord(codes[at] ?? 0);
  return isBetween === (kind === "word");
}
