import { badFile } from "./file-error";

/** A value of a file as its text, null where it is longer than is read, and where in the file it begins and ends. */
export type Value = { text: string | null; start: number; end: number };

/** The longest value that is read: a conversation with all that belongs to it. Bytes. */
export const MAX_VALUE = 8_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isBlank = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const opens = (byte: number) => byte === 0x7b || byte === 0x5b;
const closes = (byte: number) => byte === 0x7d || byte === 0x5d;

/**
 * The values of a file, one after the other: the elements of an array, or values that follow each other (JSON Lines). No more
 * of it is in memory than one of them.
 * @param from where in the file the pieces begin: at 0, or where a value that was read ended
 * @throws AppError `file_invalid`
 */
export async function* valuesIn(pieces: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<Value> {
  const scanner = newScanner(from);
  for await (const piece of pieces) yield* scanner.feed(piece);
  scanner.end();
}

/** Finds where values begin and end, however the bytes come. */
function newScanner(from: number) {
  /** Bytes of the value that is being read, and where it began. */
  let parts: Uint8Array[] = [];
  let [held, start, at] = [0, 0, from];
  /** Whether the file is an array, once that is known; whoever goes on has left it behind, and its end may come. */
  let isArray: boolean | null = from > 0 ? true : null;
  let [depth, inText, isEscaped, isOpen] = [0, false, false, false];

  function begin(position: number): void {
    isOpen = true;
    start = position;
    parts = [];
    held = 0;
  }
  function keep(bytes: Uint8Array): void {
    held += bytes.length;
    if (held > MAX_VALUE) parts = [];
    else if (bytes.length > 0) parts.push(bytes.slice());
  }
  function finish(end: number): Value {
    isOpen = false;
    if (held > MAX_VALUE) return { text: null, start, end };
    const bytes = Buffer.concat(parts);
    parts = [];
    try {
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes), start, end };
    } catch {
      throw badFile(`What begins at byte ${start} of this file is not text in UTF-8.`);
    }
  }

  return {
    *feed(piece: Uint8Array): Generator<Value> {
      let first = 0;
      for (let i = 0; i < piece.length; i++) {
        const byte = piece[i] ?? 0;
        if (inText) {
          if (isEscaped) isEscaped = false;
          else if (byte === BACKSLASH) isEscaped = true;
          else if (byte === QUOTE) inText = false;
          continue;
        }
        if (!isOpen) {
          // A mark of byte order, blanks and commas stand between values.
          if (isBlank(byte) || byte === 0x2c || (at + i < 3 && byte > 0x7f)) continue;
          if (isArray === null) {
            isArray = byte === 0x5b;
            if (isArray) continue;
          }
          if (isArray && byte === 0x5d) continue;
          begin(at + i);
          first = i;
        }
        if (byte === QUOTE) inText = true;
        else if (opens(byte)) depth++;
        else if (closes(byte)) depth--;
        if (depth < 0) throw badFile("This file is not valid JSON.");
        if (depth > 0 || !closes(byte)) continue;
        keep(piece.subarray(first, i + 1));
        yield finish(at + i + 1);
      }
      if (isOpen) keep(piece.subarray(first));
      at += piece.length;
    },
    /** @throws AppError `file_invalid` where the file ends in the middle of a value */
    end(): void {
      if (isOpen) throw badFile("This file ends in the middle, or is not JSON.");
    },
  };
}
