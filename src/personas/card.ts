/*
 * What a character card says beside a persona's name, description and greetings: the fields of Character Card V2 and V3
 * (malfoyslastname/character-card-spec-v2, kwaroran/character-card-spec-v3), read leniently, since what is written in the wild
 * keeps to neither.
 */

/** An entry of a card's lorebook, with what its content's decorators and the extensions in use say. */
export type LoreEntry = {
  keys: string[];
  /** What has to be there as well, by `logic`. */
  secondaryKeys: string[];
  logic: "any" | "all" | "not_any" | "not_all";
  /** Without its decorators. */
  content: string;
  isConstant: boolean;
  isRegex: boolean;
  isCaseSensitive: boolean;
  order: number;
  /** What is left out first has the lowest. */
  priority: number;
  /** So many messages from the end it is meant to stand. */
  depth: number | null;
  /** So many of the last messages are looked at; null: as the book says. */
  scanDepth: number | null;
  /** What must not be there. */
  excludedKeys: string[];
  /** Only from so many replies on. */
  after: number;
};

export type Lorebook = {
  scanDepth: number | null;
  /** Tokens. */
  budget: number | null;
  isRecursive: boolean;
  entries: LoreEntry[];
};

export type Card = {
  nickname: string;
  personality: string;
  scenario: string;
  examples: string;
  /** How its author wants it written: before the conversation, and behind it. */
  system: string;
  afterHistory: string;
  book: Lorebook | null;
};

/** More entries are not looked at. */
export const MAX_ENTRIES = 2000;

type Fields = Record<string, unknown>;
export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === "string") : [];
const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

const read = new Map<string, Card>();
/** Cards that were read last: each turn reads its own. */
const REMEMBERED = 50;

/** A card as it is stored: JSON whose `data` has the fields. */
export function readCard(json: string): Card {
  const known = read.get(json);
  if (known) return known;
  const data = fieldsOf(fieldsOf(JSON.parse(json)).data);
  const card: Card = {
    nickname: textOf(data.nickname).trim(),
    personality: textOf(data.personality),
    scenario: textOf(data.scenario),
    examples: textOf(data.mes_example),
    system: textOf(data.system_prompt),
    afterHistory: textOf(data.post_history_instructions),
    book: data.character_book ? readBook(fieldsOf(data.character_book)) : null,
  };
  if (read.size >= REMEMBERED) read.clear();
  read.set(json, card);
  return card;
}

function readBook(book: Fields): Lorebook {
  const { entries } = book;
  // World files of SillyTavern have them by number.
  const list = Array.isArray(entries) ? entries : Object.values(fieldsOf(entries));
  return {
    scanDepth: numberOf(book.scan_depth),
    budget: numberOf(book.token_budget),
    isRecursive: book.recursive_scanning === true,
    entries: list.slice(0, MAX_ENTRIES).flatMap((entry) => readEntry(fieldsOf(entry)) ?? []),
  };
}

const LOGICS = ["any", "not_all", "not_any", "all"] as const;
/** As keys are written in SillyTavern: `/pattern/flags`. */
const SLASHED = /^\/.+\/[a-z]*$/s;

/** Null where it can never be in. */
function readEntry(entry: Fields): LoreEntry | null {
  const { content, decorators } = decorated(textOf(entry.content));
  if (entry.enabled === false || content === "") return null;
  if (decorators.has("dont_activate") && !decorators.has("activate")) return null;
  const extensions = fieldsOf(entry.extensions);
  const keys = textsOf(entry.keys).filter(Boolean);
  const order = numberOf(entry.insertion_order) ?? 100;
  const value = (name: string) => countOf(decorators.get(name));
  return {
    keys,
    secondaryKeys: [
      ...(entry.selective === false ? [] : textsOf(entry.secondary_keys).filter(Boolean)),
      ...listOf(decorators.get("additional_keys")),
    ],
    logic: LOGICS[numberOf(extensions.selectiveLogic) ?? 0] ?? "any",
    content,
    isConstant: entry.constant === true || decorators.has("activate"),
    isRegex: entry.use_regex === true || (keys.length > 0 && keys.every((key) => SLASHED.test(key))),
    isCaseSensitive: (entry.case_sensitive ?? extensions.case_sensitive) === true,
    order,
    priority: numberOf(entry.priority) ?? order,
    depth: value("depth") ?? (extensions.position === 4 ? numberOf(extensions.depth) : null),
    scanDepth: value("scan_depth") ?? numberOf(extensions.scan_depth),
    excludedKeys: listOf(decorators.get("exclude_keys")),
    after: value("activate_only_after") ?? 0,
  };
}

const KNOWN = new Set([
  "activate",
  "activate_only_after",
  "additional_keys",
  "depth",
  "dont_activate",
  "exclude_keys",
  "scan_depth",
]);

/**
 * The decorators that stand before a content (V3, "Decorators"), and the content without them. Of several with one name the
 * first counts; `@@@` stands in for the one before it that is not known.
 */
function decorated(text: string) {
  const decorators = new Map<string, string>();
  const lines = text.split("\n");
  let [isDone, first] = [true, 0];
  for (; first < lines.length; first++) {
    const [, signs, name = "", value = ""] = /^(@@@?)(\w+) ?(.*)$/.exec((lines[first] ?? "").trim()) ?? [];
    if (!signs && (lines[first] ?? "").trim() !== "") break;
    if (!signs || (signs === "@@@" && isDone)) continue;
    isDone = KNOWN.has(name);
    if (isDone && !decorators.has(name)) decorators.set(name, value.trim());
  }
  return { content: lines.slice(first).join("\n").trim(), decorators };
}

const countOf = (text: string | undefined) =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
const listOf = (text = "") =>
  text
    .split(",")
    .map((it) => it.trim())
    .filter(Boolean);
