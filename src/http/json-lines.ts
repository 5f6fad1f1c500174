import type { ExportPage } from "../identity/export";
import { byteStream } from "./byte-stream";

/**
 * Rows as JSON Lines, a page each time the client has room for one: memory holds no more however slowly it reads. Ends with
 * a line `end` that counts the others by type, so that a cut file can be told from a whole one; or, where there is more than
 * one request may read, with such a line `continue` that also holds the `cursor`.
 */
export const jsonLines = (pages: AsyncGenerator<ExportPage>): ReadableStream<Uint8Array> =>
  byteStream(linesOf(pages));

async function* linesOf(pages: AsyncGenerator<ExportPage>): AsyncGenerator<string> {
  const counts: Record<string, number> = {};
  try {
    for (;;) {
      const text = await nextLines(pages, counts);
      if (typeof text !== "string") return yield lastLine(text, counts);
      yield text;
    }
  } finally {
    await pages.return(undefined);
  }
}

const lastLine = (more: object | null, counts: Record<string, number>) =>
  `${JSON.stringify({ type: more ? "continue" : "end", ...more, counts })}\n`;

/** The lines of the next page that has any, which are counted; what `continue` says; or null after the last. */
async function nextLines(
  pages: AsyncGenerator<ExportPage>,
  counts: Record<string, number>,
): Promise<string | object | null> {
  for (;;) {
    const { done, value } = await pages.next();
    if (done) return null;
    if (value.type === "continue") return value.rows[0] ?? null;
    counts[value.type] = (counts[value.type] ?? 0) + value.rows.length;
    if (value.rows.length === 0) continue;
    return value.rows.map((row) => `${JSON.stringify(toLine(value.type, row))}\n`).join("");
  }
}

/** A row under the names that the API uses; its times become ISO 8601 by themselves. */
const toLine = (type: string, row: object) => ({
  type,
  ...Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value])),
});

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
