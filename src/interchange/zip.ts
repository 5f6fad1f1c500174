import { crc32, inflateRawSync } from "node:zlib";

import { badFile, tooLarge } from "./file-error";

/*
 * ZIP archives (PKWARE APPNOTE 6.3.10) where only pieces of them can be in memory: read by their directory, which stands at the
 * end, and written an entry after the other. Stored and deflated entries, neither encrypted nor split nor ZIP64.
 */

/** Bytes of which any piece can be read. */
export type Source = { size: number; read: (from: number, length: number) => Promise<Uint8Array> };

/** An entry as the directory names it. */
export type Entry = { name: string; offset: number; packed: number; size: number; isDeflated: boolean };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
/** The end may have a comment of so many bytes. */
const MAX_COMMENT = 65_535;
const MAX_DIRECTORY = 8_000_000;
const ENCRYPTED = 1;
const UTF8 = 1 << 11;

export const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** A file that is in memory. */
export const sourceOf = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  read: async (from, length) => bytes.subarray(from, from + length),
});

const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * What is in an archive, without its folders.
 * @throws AppError `file_invalid`
 */
export async function entriesOf(source: Source): Promise<Entry[]> {
  const { offset, size, count, before } = await endOf(source);
  if (size > MAX_DIRECTORY || before < 0) throw badFile("This archive's directory is broken.");
  const directory = buffer(await source.read(offset, size));
  const entries: Entry[] = [];
  for (let [at, n] = [0, 0]; n < count; n++) {
    if (at + CENTRAL_SIZE > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw badFile("This archive's directory is broken.");
    const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const entry = entryAt(directory, at, lengths[0]);
    entry.offset += before;
    if (!entry.name.endsWith("/")) entries.push(entry);
    at += CENTRAL_SIZE + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

function entryAt(directory: Buffer, at: number, nameLength: number): Entry {
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  const bytes = directory.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
  const name = bytes.toString(flags & UTF8 ? "utf8" : "latin1");
  if (flags & ENCRYPTED) throw badFile("This archive is encrypted.");
  if (method !== 0 && method !== 8) throw badFile("This archive is packed in a way that is not known here.");
  if (isUnsafe(name)) throw badFile("This archive has a file whose path leads out of it.");
  return {
    name,
    offset: directory.readUInt32LE(at + 42),
    packed: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    isDeflated: method === 8,
  };
}

/** A path that would lead elsewhere than into a folder of its own. */
const isUnsafe = (name: string) =>
  name.startsWith("/") || /[\\\0]/.test(name) || /^[a-z]:/i.test(name) || name.split("/").includes("..");

/** Where the directory is, and how much stands before the archive, such as a picture that it was appended to. */
async function endOf({ size: whole, read }: Source) {
  const length = Math.min(whole, END_SIZE + MAX_COMMENT);
  const tail = buffer(await read(whole - length, length));
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    const size = tail.readUInt32LE(at + 12);
    const offset = whole - length + at - size;
    return { count: tail.readUInt16LE(at + 10), size, offset, before: offset - tail.readUInt32LE(at + 16) };
  }
  throw badFile("This archive has no directory: it is not whole.");
}

/** Where an entry's bytes begin. */
async function dataAt(source: Source, entry: Entry): Promise<number> {
  const head = buffer(await source.read(entry.offset, LOCAL_SIZE));
  if (head.length < LOCAL_SIZE || head.readUInt32LE(0) !== LOCAL) throw badFile("This archive is broken.");
  const start = entry.offset + LOCAL_SIZE + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (start + entry.packed > source.size) throw badFile("This archive is not whole.");
  return start;
}

/**
 * An entry as it was before it was packed; no more of it than `most` bytes are ever made, whatever the archive says.
 * @throws AppError `file_invalid`, `payload_too_large`
 */
export async function readEntry(source: Source, entry: Entry, most: number): Promise<Uint8Array> {
  if (entry.size > most) throw tooLarge(`${entry.name} in this archive`, most);
  const packed = await source.read(await dataAt(source, entry), entry.packed);
  if (!entry.isDeflated) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch {
    throw badFile(`${entry.name} in this archive is broken, or larger than the archive says.`);
  }
}

/** A piece of a file that is being read or inflated. Bytes. */
const PIECE = 256 * 1024;

/**
 * The same, a piece after the other, as far as it is read.
 * @throws AppError `file_invalid`
 */
export async function* readEntryInPieces(source: Source, entry: Entry): AsyncGenerator<Uint8Array> {
  const start = await dataAt(source, entry);
  const packed = pieces(source, start, entry.packed);
  if (!entry.isDeflated) return yield* packed;
  const inflated = streamOf(packed).pipeThrough<Uint8Array>(new DecompressionStream("deflate-raw") as never);
  try {
    yield* inflated as unknown as AsyncIterable<Uint8Array>;
  } catch {
    throw badFile(`${entry.name} in this archive is broken.`);
  }
}

const streamOf = (pieces: AsyncGenerator<Uint8Array>) =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });

export async function* pieces(source: Source, from: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += PIECE) yield await source.read(from + at, Math.min(PIECE, length - at));
}

/** What an archive that is being written has to remember of an entry. */
type Written = {
  name: Buffer;
  crc: number;
  size: number;
  packed: number;
  offset: number;
  isDeflated: boolean;
};

/** Midnight of the first of January 1980, where an archive must have a time and none is meant. */
const NO_TIME = 0x0021_0000;

function headOf({ name, crc, size, packed, isDeflated }: Written): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(UTF8, 2);
  head.writeUInt16LE(isDeflated ? 8 : 0, 4);
  head.writeUInt32LE(NO_TIME, 6);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** Writes an archive: `add` gives the bytes of an entry, `end` those of the directory. */
export function zipWriter(deflate: ((bytes: Uint8Array) => Uint8Array) | null = null) {
  const entries: Written[] = [];
  let offset = 0;
  return {
    add(path: string, bytes: Uint8Array): Uint8Array {
      const name = Buffer.from(path);
      const data = deflate ? deflate(bytes) : bytes;
      const entry = {
        name,
        crc: crc32(bytes),
        size: bytes.length,
        packed: data.length,
        offset,
        isDeflated: deflate !== null,
      };
      entries.push(entry);
      const written = Buffer.concat([signed(LOCAL), headOf(entry), name, data]);
      offset += written.length;
      return written;
    },
    end(): Uint8Array {
      const directory = Buffer.concat(
        entries.flatMap((entry) => {
          const rest = Buffer.alloc(14);
          rest.writeUInt32LE(entry.offset, 10);
          return [signed(CENTRAL), Buffer.of(20, 0), headOf(entry), rest, entry.name];
        }),
      );
      const end = Buffer.alloc(END_SIZE - 4);
      end.writeUInt16LE(entries.length, 4);
      end.writeUInt16LE(entries.length, 6);
      end.writeUInt32LE(directory.length, 8);
      end.writeUInt32LE(offset, 12);
      return Buffer.concat([directory, signed(END), end]);
    },
  };
}
