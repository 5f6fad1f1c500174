/** Whom the words of a card are about. */
export type Names = { char: string; user: string };

const MACRO = /\{\{([^{}]*)\}\}|<(?:bot|char|user)>/gi;

/**
 * A card's text with what stands for something filled in (Character Card V3, "Curly Braced Syntaxes"). What is drawn by lot is
 * drawn by the text itself, the same each time: a prompt has the same bytes from turn to turn.
 */
export function filledIn(text: string, names: Names): string {
  // Not in the text of names that are filled in: nothing is read twice.
  return text.replace(MACRO, (whole, inner: string | undefined, at: number) =>
    inner === undefined
      ? (named(whole.slice(1, -1), names) ?? whole)
      : (valueOf(inner.trim(), names, `${text.length} ${at}`) ?? whole),
  );
}

const named = (word: string, { char, user }: Names): string | null => {
  const name = word.toLowerCase();
  if (name === "user") return user;
  return name === "char" || name === "bot" ? char : null;
};

/** What a macro stands for; null for one that nobody knows, which is left as it is. */
function valueOf(macro: string, names: Names, seed: string): string | null {
  if (macro.startsWith("//")) return "";
  const [, name = "", value = ""] = /^(\w+)(?::{1,2}([\s\S]*))?$/.exec(macro) ?? [];
  switch (name.toLowerCase()) {
    case "random":
    case "pick":
      return oneOf(value.split(/(?<!\\),/), seed).replaceAll("\\,", ",");
    case "roll":
      return String(1 + (hashOf(seed) % Math.max(1, Number(value.replace(/^d/i, "")) || 1)));
    case "comment":
    case "hidden_key":
    case "original":
    case "trim":
      return "";
    case "reverse":
      return [...value].toReversed().join("");
    default:
      return named(name, names);
  }
}

const oneOf = (choices: string[], seed: string) => choices[hashOf(seed) % choices.length] ?? "";

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
