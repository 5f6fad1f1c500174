import { AppError } from "../errors";
import { badFile, tooLarge } from "../interchange/file-error";
import { valuesIn, type Value } from "../interchange/json-values";
import { itemsIn, type Item } from "../interchange/read-chats";
import { entriesOf, isZip, pieces, readEntryInPieces, type Entry, type Source } from "../interchange/zip";

/** A file of chats that is read as one, and its bytes from one of them on. */
export type Part = { name: string; size: number; read: (from: number) => AsyncGenerator<Uint8Array> };

/** What is in the file: parts, each read by itself or, of our own archives, all as one. */
export type Contents = { parts: Part[]; isOne: boolean; total: number };

/** Unpacked, an archive may have so much to read; and so many files. Bytes. */
const MAX_UNPACKED = 1_000_000_000;
const MAX_PARTS = 20_000;
/** Text is packed to a tenth or so; what unpacks to so many times its size is made to harm, unless it is small. */
const MAX_RATIO = 200;
const SMALL = 10_000_000;

const CHATGPT = /(?:^|\/)conversations(?:-\d+)?\.json$/;
const CHATS = /\.jsonl?$/i;
/** Files of ChatGPT's export that hold no conversations. */
const OTHERS =
  /(?:^|\/)(?:user|user_settings|message_feedback|model_comparisons|shared_conversations|group_chats|shopping|sora|export_manifest)\.json$|(?:^|\/)__MACOSX\//;

/**
 * The parts of a file that are read.
 * @throws AppError `file_invalid`, `payload_too_large`
 */
export async function contentsOf(source: Source): Promise<Contents> {
  if (!isZip(await source.read(0, 4))) {
    const read = (from: number) => pieces(source, from, source.size - from);
    const part = { name: "", size: source.size, read };
    return { parts: [part], isOne: true, total: source.size };
  }
  const entries = await entriesOf(source);
  const chosen = chosenOf(entries).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const total = chosen.reduce((sum, { size }) => sum + size, 0);
  if (chosen.length === 0) throw badFile("There are no chats in this archive.");
  if (total > MAX_UNPACKED || chosen.length > MAX_PARTS)
    throw tooLarge("What is in this archive", MAX_UNPACKED);
  const bomb = chosen.find(({ size, packed }) => size > SMALL && size > packed * MAX_RATIO);
  if (bomb) throw badFile(`${bomb.name} in this archive unpacks to more than any export does.`);
  const parts = chosen.map((entry) => ({
    name: entry.name,
    size: entry.size,
    read: (from: number) => after(from, bounded(source, entry)),
  }));
  return { parts, isOne: entries.some(({ name }) => name === "archive.json"), total };
}

function chosenOf(entries: Entry[]): Entry[] {
  const conversations = entries.filter(({ name }) => CHATGPT.test(name) && !OTHERS.test(name));
  if (conversations.length > 0) return conversations;
  return entries.filter(
    ({ name }) => CHATS.test(name) && !OTHERS.test(name) && !/^(?:archive|end|continue)\.json$/.test(name),
  );
}

/** No more of an entry is unpacked than its archive says it is. */
async function* bounded(source: Source, entry: Entry): AsyncGenerator<Uint8Array> {
  let left = entry.size;
  for await (const piece of readEntryInPieces(source, entry)) {
    left -= piece.length;
    if (left < 0) throw badFile(`${entry.name} in this archive is larger than the archive says.`);
    yield piece;
  }
}

/** What is packed can only be unpacked from its beginning: what was read before is passed over. */
async function* after(from: number, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of bytes) {
    if (at + piece.length > from) yield piece.subarray(Math.max(0, from - at));
    at += piece.length;
  }
}

/** A place among the parts: which, and how far in it. */
export type Place = { entry: number; offset: number };
export type Placed = Item & { place: Place; done: number };

/** What the file holds from a place on. */
export async function* itemsFrom({ parts, isOne }: Contents, from: Place): AsyncGenerator<Placed> {
  const bases = parts.map((_, n) => parts.slice(0, n).reduce((sum, { size }) => sum + size, 0));
  const baseOf = (entry: number) => bases[entry] ?? 0;
  if (isOne) {
    const start = baseOf(from.entry) + from.offset;
    for await (const item of itemsIn(allValues(parts, baseOf, start)))
      yield { ...item, place: { entry: 0, offset: item.resume }, done: item.resume };
    return;
  }
  for (let entry = from.entry; entry < parts.length; entry++) {
    const part = parts[entry];
    const offset = entry === from.entry ? from.offset : 0;
    if (!part || (part.size > 0 && offset >= part.size)) continue;
    yield* itemsOf(part, entry, offset, baseOf(entry));
  }
}

/** One part; where it is broken, that is one item, and the next part goes on. */
async function* itemsOf(part: Part, entry: number, offset: number, base: number): AsyncGenerator<Placed> {
  try {
    for await (const item of itemsIn(valuesIn(part.read(offset), offset)))
      yield { ...item, place: { entry, offset: item.resume }, done: base + item.resume };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const place = { entry, offset: part.size };
    yield {
      type: "left_out",
      title: part.name,
      detail: error.message,
      resume: part.size,
      place,
      done: base + part.size,
    };
  }
}

async function* allValues(parts: Part[], baseOf: (n: number) => number, from: number): AsyncGenerator<Value> {
  for (const [n, part] of parts.entries()) {
    const base = baseOf(n);
    if (base + part.size <= from) continue;
    const offset = Math.max(0, from - base);
    for await (const { text, start, end } of valuesIn(part.read(offset), offset))
      yield { text, start: start + base, end: end + base };
  }
}
