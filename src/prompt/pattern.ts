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

function compiled(body: string, isFolded: boolean, hasDotAll: boolean): Step[] {
  const signs = [...body];
  let at = 0;

  const literal = (sign: string): Test => {
    const forms = isFolded ? [sign, sign.toLowerCase(), sign.toUpperCase()] : [sign];
    const codes = new Set(forms.filter((form) => [...form].length === 1).map((form) => form.codePointAt(0)));
    return (code) => codes.has(code);
  };
  const range = (from: number, to: number): Test => {
    if (from > to) throw notUnderstood;
    const isIn = (code: number) => code >= from && code <= to;
    if (!isFolded) return isIn;
    const other = (text: string) => [...text].length === 1 && isIn(text.codePointAt(0) ?? -1);
    return (code) => {
      const sign = String.fromCodePoint(code);
      return isIn(code) || other(sign.toLowerCase()) || other(sign.toUpperCase());
    };
  };

  function escaped(): string | Test {
    const sign = signs[at++] ?? "";
    if (CLASSES[sign]) return CLASSES[sign];
    if (CONTROL[sign] !== undefined && !(sign === "0" && isDigit((signs[at] ?? " ").charCodeAt(0))))
      return CONTROL[sign];
    if (sign === "u" || sign === "x") return coded(sign === "u" ? 4 : 2);
    if (sign === "" || /[a-z0-9]/i.test(sign)) throw notUnderstood;
    return sign;
  }
  function coded(length: number): string {
    const hex = signs.slice(at, at + length).join("");
    if (!/^[0-9a-f]+$/i.test(hex) || hex.length !== length) throw notUnderstood;
    at += length;
    return String.fromCodePoint(Number.parseInt(hex, 16));
  }

  function bracket(): Test {
    const isNegated = signs[at] === "^";
    if (isNegated) at++;
    const tests: Test[] = [];
    while (signs[at] !== "]") {
      if (at >= signs.length) throw notUnderstood;
      const from = signs[at++] === "\\" ? bracketEscape() : (signs[at - 1] ?? "");
      if (typeof from !== "string") tests.push(from);
      else if (signs[at] === "-" && signs[at + 1] !== "]" && at + 1 < signs.length) {
        at++;
        const to = signs[at++] === "\\" ? bracketEscape() : (signs[at - 1] ?? "");
        if (typeof to !== "string") throw notUnderstood;
        tests.push(range(from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0));
      } else tests.push(literal(from));
    }
    at++;
    const any: Test = (code) => tests.some((test) => test(code));
    return isNegated ? not(any) : any;
  }
  const bracketEscape = () => {
    if (signs[at] !== "b") return escaped();
    at++;
    return "\b";
  };

  const grown = (steps: Step[]): Step[] => {
    if (steps.length > MAX_STEPS) throw notUnderstood;
    return steps;
  };
  const moved = (steps: Step[], by: number): Step[] =>
    steps.map((step) => (step.type === "split" ? { ...step, to: step.to.map((to) => to + by) } : step));
  const joined = (...parts: Step[][]): Step[] => {
    const all: Step[] = [];
    for (const part of parts) grown(all).push(...moved(part, all.length));
    return grown(all);
  };
  const optional = (part: Step[]): Step[] => joined([{ type: "split", to: [1, part.length + 1] }], part);
  const repeated = (part: Step[]): Step[] =>
    grown([{ type: "split", to: [1, part.length + 2] }, ...moved(part, 1), { type: "split", to: [0] }]);

  function times(part: Step[]): Step[] {
    const sign = signs[at];
    let [least, most] = [1, 1];
    if (sign === "*") [least, most] = [0, Infinity];
    else if (sign === "+") [least, most] = [1, Infinity];
    else if (sign === "?") [least, most] = [0, 1];
    else {
      const [counted, from = "", comma, to] =
        (sign === "{" && /^\{(\d{1,4})(,)?(\d{1,4})?\}/.exec(signs.slice(at, at + 12).join(""))) || [];
      if (!counted) return part;
      [least, most] = [Number(from), comma ? (to ? Number(to) : Infinity) : Number(from)];
      if (most < least || least > MAX_STEPS) throw notUnderstood;
      at += counted.length - 1;
    }
    at++;
    // Greedy or not is the same where only the whether counts.
    if (signs[at] === "?") at++;
    if (Number.isFinite(most) && most > MAX_STEPS) throw notUnderstood;
    const needed = Array.from({ length: least }, () => part);
    if (most === Infinity) return joined(...needed, repeated(part));
    return joined(...needed, ...Array.from({ length: most - least }, () => optional(part)));
  }

  function atom(depth: number): Step[] {
    const sign = signs[at++] ?? "";
    switch (sign) {
      case "(":
        return group(depth);
      case "[":
        return [{ type: "sign", test: bracket() }];
      case ".":
        return [{ type: "sign", test: hasDotAll ? () => true : not(isBreak) }];
      case "^":
        return [{ type: "edge", kind: "start" }];
      case "$":
        return [{ type: "edge", kind: "end" }];
      case "*":
      case "+":
      case "?":
      case "{":
        throw notUnderstood;
      case "\\": {
        if (signs[at] === "b" || signs[at] === "B")
          return [{ type: "edge", kind: signs[at++] === "b" ? "word" : "inner" }];
        const what = escaped();
        return [{ type: "sign", test: typeof what === "string" ? literal(what) : what }];
      }
      default:
        return [{ type: "sign", test: literal(sign) }];
    }
  }

  function group(depth: number): Step[] {
    if (depth >= MAX_DEPTH) throw notUnderstood;
    if (signs[at] === "?") {
      if (signs[at + 1] !== ":") throw notUnderstood;
      at += 2;
    }
    const inside = either(depth + 1);
    if (signs[at++] !== ")") throw notUnderstood;
    return inside;
  }

  function either(depth: number): Step[] {
    const ways = [sequence(depth)];
    while (signs[at] === "|") {
      at++;
      ways.push(sequence(depth));
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

  function sequence(depth: number): Step[] {
    let steps: Step[] = [];
    while (at < signs.length && signs[at] !== "|" && signs[at] !== ")")
      steps = joined(steps, times(atom(depth)));
    return steps;
  }

  const whole = either(0);
  if (at < signs.length) throw notUnderstood;
  return [...whole, { type: "match" }];
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
