import { crc32, deflateSync } from "node:zlib";

import { badFile } from "./file-error";

/** The eight bytes that a PNG begins with (PNG 3rd edition, §5.2). */
const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** Length and type before a chunk's data, and its checksum behind it. Bytes. */
const AROUND = 12;
/** No card has so many; a file of empty chunks would have a million. */
const MAX_CHUNKS = 50_000;

type Chunk = { type: string; data: Uint8Array };

export const isPng = (bytes: Uint8Array) => SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));

/**
 * The chunks of a PNG or APNG, each within the file. What stands behind the last one is left out. A checksum may be wrong, since
 * many editors of cards write none.
 * @throws AppError `file_invalid`
 */
function chunksOf(bytes: Uint8Array): Chunk[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + AROUND <= file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    if (length > file.length - at - AROUND) throw badFile("This PNG ends in the middle of a chunk.");
    if (chunks.length === MAX_CHUNKS) throw badFile("This PNG has too many chunks.");
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    if (type === "IEND") return chunks;
    at += AROUND + length;
  }
  throw badFile("This PNG has no end.");
}

/** The texts of a PNG (`tEXt`) by their keywords; of several with one keyword the first. */
export function pngTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { type, data } of chunksOf(bytes)) {
    if (type !== "tEXt") continue;
    const end = data.indexOf(0);
    const keyword = Buffer.from(data.subarray(0, Math.max(end, 0))).toString("latin1");
    if (end > 0 && !texts.has(keyword))
      texts.set(keyword, Buffer.from(data.subarray(end + 1)).toString("latin1"));
  }
  return texts;
}

/** What tells of a picture and is none of it: its texts, where and when it was taken. */
const TOLD = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME"]);

/** The same picture without the texts in it. */
export const withoutTexts = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  written(chunksOf(bytes).filter(({ type }) => !TOLD.has(type)));

/** The same picture with these texts, in their order, before its end. */
export function withTexts(bytes: Uint8Array, texts: Record<string, string>): Uint8Array<ArrayBuffer> {
  const chunks = chunksOf(bytes);
  const added = Object.entries(texts).map(([keyword, text]) => ({
    type: "tEXt",
    data: Buffer.from(`${keyword}\0${text}`, "latin1"),
  }));
  return written([...chunks.slice(0, -1), ...added, ...chunks.slice(-1)]);
}

function written(chunks: Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.flatMap(({ type, data }) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    return [uint32(data.length), named, uint32(crc32(named))];
  });
  return new Uint8Array(Buffer.concat([SIGNATURE, ...parts]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A picture of one colour, where a card has to have one and there is none. */
export function plainPng([red, green, blue]: [number, number, number], width = 400, height = 600) {
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 2, 0, 0, 0])]);
  const row = Buffer.concat([
    Buffer.of(0),
    ...Array.from({ length: width }, () => Buffer.of(red, green, blue)),
  ]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return written([
    { type: "IHDR", data: header },
    { type: "IDAT", data: pixels },
    { type: "IEND", data: Buffer.alloc(0) },
  ]);
}
