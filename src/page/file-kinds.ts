/** What a file holds that somebody brings: one persona, or chats. */
export type Kind = "card" | "chats";

/** Its first byte, 0x89, is what `latin1` reads as a sign of Windows. */
const PNG = "\u2030PNG";
const JPEG = "\xff\xd8\xff";
const ZIP = "PK\x03\x04";
/** A card is no larger, as JSON. Bytes. */
const MAX_CARD = 1_000_000;
/** The directory of an archive stands in its last bytes. */
const DIRECTORY = 65_536;
/** Each of these names is in cards alone. */
const OF_CARDS = ["spec", "first_mes", "char_name"];

/** Tells by what is in it, not by what it is called. */
export async function kindOf(file: Blob): Promise<Kind> {
  const head = await latin(file.slice(0, 8));
  if (head.startsWith(PNG) || head.startsWith(JPEG)) return "card";
  if (head.startsWith(ZIP))
    return (await latin(file.slice(-DIRECTORY))).includes("card.json") ? "card" : "chats";
  return file.size <= MAX_CARD && isCard(await file.text()) ? "card" : "chats";
}

/** A byte a sign. */
const latin = async (blob: Blob): Promise<string> =>
  new TextDecoder("latin1").decode(await blob.arrayBuffer());

function isCard(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return OF_CARDS.some((name) => name in value) || ("name" in value && "description" in value);
  } catch {
    return false;
  }
}
