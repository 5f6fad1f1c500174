import { AppError } from "../errors";

/** A file that is not what it claims to be: a sentence for whoever brought it. */
export const badFile = (detail: string) => new AppError("file_invalid", { detail });

/** A part of a file that is larger than it may be. */
export const tooLarge = (what: string, bytes: number) =>
  new AppError("payload_too_large", { detail: `${what} is larger than ${bytes / 1_000_000} MB.` });

/** Text in UTF-8. A mark of byte order before it is none of it. @throws AppError `file_invalid` */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw badFile("This file is not text in UTF-8.");
  }
}

/** @throws AppError `file_invalid` */
export function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badFile(`${what} is not valid JSON.`);
  }
}
