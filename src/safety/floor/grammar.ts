/**
 * Word patterns. A sentence becomes a string with one sign for each word, so that a pattern of words is a small regular
 * expression without unbounded repetition: time is linear whatever is written. An expression is made when a sentence
 * first holds the words that its pattern cannot do without, so that ordinary chat makes few.
 *
 * A pattern is items with spaces between. `die` is a word, `suicid*` any that begins so, `DIE` a class of words,
 * `die|KILL` either; `?` after an item makes it optional. `.3` stands for up to three words of any kind, `_3` for up to
 * three of which none is another person and between which no comma stands, `-3` the same but none is the user. `!DIE` and `<!DIE` say what may not come
 * next or just before, `^` and `$` are the sentence's ends, `,` is a comma, `#other` a word that
 * no pattern names: a place, a name; `( a b|c )` groups, and there a bar parts
 * whole sequences. `~` opens a pattern whose subject, if one stands close before, is not another person.
 */
export type Lexicon = {
  /** One sign for each word. */
  encode(words: readonly string[]): string;
  knows(word: string): boolean;
  /** The patterns of these lines, one a line. */
  matcher(lines: string): Matcher;
};

export type Matcher = {
  /** Where the first of the patterns that match begins, or null. */
  find(signs: string): number | null;
  /** The words of which a sentence must hold one for any pattern to match, by their signs; null where one needs none. */
  keys: { has: (sign: string) => boolean; keys: () => Iterable<string> } | null;
  /** The sentence with `TAKEN` for what matches. */
  take(signs: string): string;
  /** Each pattern's expression, for whoever checks them. */
  all(): RegExp[];
};

/** A word that no pattern names; a comma; what was taken out. */
const OTHER = "\uE000";
const COMMA = "\uE001";
export const TAKEN = "\uE002";
const UNNAMED = "#other";
const FIRST_CODE = 0xe010;
const SHORTEST_STEM = 3;

type Codes = Map<string, string>;
/** The signs that an item such as `die|KILL` stands for. */
type SignsOf = (item: string) => readonly string[];

export function lexiconOf(classes: Record<string, string>, patterns: readonly string[]): Lexicon {
  const wordsIn = memo((item) => wordsOf(item, classes));
  const codes = vocabulary(classes, patterns.flatMap(linesOf), wordsIn);
  const longest = Math.max(...[...codes.keys()].map((word) => word.length));
  const sorted = [...codes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signsOf = memo((item) => [...new Set(wordsIn(item).flatMap((word) => codesOf(codes, sorted, word)))]);
  return {
    encode: (words) => words.map((word) => codeIn(codes, word, longest)).join(""),
    knows: (word) => codeIn(codes, word, longest) !== OTHER,
    matcher: (lines) => matcherOf(linesOf(lines), signsOf),
  };
}

const linesOf = (lines: string) =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** The items of a line; within `( )` a bar parts what may be several words. */
function itemsOf(line: string): string[] {
  let depth = 0;
  return line.split(/\s+/).flatMap((item) => {
    if (item === "(") depth += 1;
    if (item.startsWith(")")) depth -= 1;
    return depth > 0 && item.includes("|") && item !== "|" ? item.split(/(\|)/).filter(Boolean) : [item];
  });
}

const PLAIN = /^(?:[.^$~()|]|\)\?|[._-]\d)$/;
const isClass = (item: string) => item === "I" || /^[A-Z]{2,}$/.test(item);

/** The words of an item, its classes opened. */
const wordsOf = (item: string, classes: Record<string, string>): string[] =>
  item.split("|").flatMap((part) => {
    if (!isClass(part)) return [part];
    const words = classes[part];
    if (words === undefined) throw new Error(`No class of words is called ${part}`);
    return words.split(/\s+/).filter(Boolean);
  });

/** All words that patterns name, each with a sign of its own; those of one class stand together. */
function vocabulary(
  classes: Record<string, string>,
  lines: readonly string[],
  wordsIn: (item: string) => string[],
): Codes {
  const items = new Set(
    lines
      .flatMap(itemsOf)
      .filter((item) => !PLAIN.test(item))
      .map((item) => item.replace(/^<?!|\?$/g, "")),
  );
  const words = new Set([...Object.keys(classes), ...items].flatMap(wordsIn));
  words.delete(",");
  words.delete(UNNAMED);
  const codes = [...words].map((word, at): [string, string] => [word, String.fromCharCode(FIRST_CODE + at)]);
  return new Map([[",", COMMA], ...codes]);
}

/** The sign of a word; of a stem, those of all words that begin so. */
function codesOf(codes: Codes, sorted: [string, string][], word: string): string[] {
  if (!word.endsWith("*")) return [codes.get(word) ?? OTHER];
  const stem = word.slice(0, -1);
  let from = 0;
  for (let to = sorted.length; from < to;) {
    const middle = (from + to) >> 1;
    if ((sorted[middle]?.[0] ?? "") < stem) from = middle + 1;
    else to = middle;
  }
  const found: string[] = [];
  for (let at = from; sorted[at]?.[0].startsWith(stem); at++) found.push(sorted[at]?.[1] ?? OTHER);
  return found;
}

function codeIn(codes: Codes, word: string, longest: number): string {
  const exact = codes.get(word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(word.length, longest); length >= SHORTEST_STEM; length--) {
    const code = codes.get(`${word.slice(0, length)}*`);
    if (code !== undefined) return code;
  }
  return OTHER;
}

/** A pattern, made into an expression when first needed. */
type Line = { regex(): RegExp };

const NONE: readonly Line[] = [];

/** Whether a sentence holds one of these signs. */
export function hasAny(signs: string, known: { has: (sign: string) => boolean }): boolean {
  for (let at = 0; at < signs.length; at++) if (known.has(signs.charAt(at))) return true;
  return false;
}

function matcherOf(lines: readonly string[], signsOf: SignsOf): Matcher {
  const always: Line[] = [];
  const byKey = new Map<string, Line[]>();
  const all = lines.map((text) => {
    const items = itemsOf(text);
    const line: Line = {
      regex: once(() => new RegExp(items.map((item) => sourceOf(item, signsOf)).join(""), "g")),
    };
    const keys = keysOf(items, signsOf);
    if (!keys) always.push(line);
    for (const key of keys ?? [])
      byKey
        .set(key, byKey.get(key) ?? [])
        .get(key)
        ?.push(line);
    return line;
  });
  /** Those whose words a sentence has: hardly ever one, and then nothing is made for it. */
  const likely = (signs: string): Iterable<Line> => {
    if (!hasAny(signs, byKey)) return always;
    const lines = new Set(always);
    for (const sign of signs) for (const line of byKey.get(sign) ?? NONE) lines.add(line);
    return lines;
  };
  return {
    keys: always.length > 0 ? null : byKey,
    find: (signs) => {
      for (const line of likely(signs)) {
        const at = signs.search(line.regex());
        if (at >= 0) return at;
      }
      return null;
    },
    take: (signs) => {
      let text = signs;
      for (const line of likely(signs)) text = text.replace(line.regex(), TAKEN);
      return text;
    },
    all: () => all.map((line) => line.regex()),
  };
}

/** Signs of which a sentence must hold one for the pattern to match: those of its rarest item, or null for none. */
function keysOf(items: readonly string[], signsOf: SignsOf): readonly string[] | null {
  const needed: (readonly string[])[] = [];
  for (let at = 0; at < items.length; at++) {
    const item = items[at] ?? "";
    if (item === "(") {
      const end = closing(items, at);
      const group = groupKeys(items.slice(at + 1, end), signsOf);
      if (items[end] === ")" && group) needed.push(group);
      at = end;
    } else if (isWord(item)) needed.push(signsOf(item));
  }
  return needed.toSorted((a, b) => a.length - b.length)[0] ?? null;
}

const isWord = (item: string) => !PLAIN.test(item) && !item.endsWith("?") && !/^<?!/.test(item);

function closing(items: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < items.length; at++) {
    if (items[at] === "(") depth += 1;
    if (items[at]?.startsWith(")")) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`Not closed: ${items.join(" ")}`);
}

/** One word of each alternative, or null where an alternative needs none. */
function groupKeys(items: readonly string[], signsOf: SignsOf): readonly string[] | null {
  const keys: string[] = [];
  for (const sequence of alternativesOf(items)) {
    const found = keysOf(sequence, signsOf);
    if (!found) return null;
    keys.push(...found);
  }
  return keys;
}

function alternativesOf(items: readonly string[]): string[][] {
  let depth = 0;
  const list: string[][] = [[]];
  for (const item of items) {
    if (item === "(") depth += 1;
    if (item.startsWith(")")) depth -= 1;
    if (item === "|" && depth === 0) list.push([]);
    else list.at(-1)?.push(item);
  }
  return list;
}

function sourceOf(item: string, signsOf: SignsOf): string {
  const set = (of: string) => signsOf(of).join("");
  if (item === "~") return `(?<![${set("THIRD")}][^${set("I")}${COMMA}]{0,3})`;
  if (item === "(") return "(?:";
  if (PLAIN.test(item) && !/^[._-]/.test(item)) return item;
  const gap = /^([._-])(\d)$/.exec(item);
  if (gap) {
    const not = { ".": null, _: "THIRD", "-": "I" }[gap[1] ?? "."];
    return not ? `[^${set(not)}${COMMA}${TAKEN}]{0,${gap[2]}}` : `[^]{0,${gap[2]}}`;
  }
  if (item.startsWith("<!")) return `(?<![${set(item.slice(2))}])`;
  if (item.startsWith("!")) return `(?![${set(item.slice(1))}])`;
  return item.endsWith("?") ? `[${set(item.slice(0, -1))}]?` : `[${set(item)}]`;
}

function once<V extends object>(make: () => V): () => V {
  let made: V | undefined;
  return () => (made ??= make());
}

function memo<V>(make: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}
