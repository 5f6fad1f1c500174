import { signal } from "@preact/signals";

import { account } from "../account";
import { request } from "../api";
import { Failure, toFailure } from "../failure";
import { saveFile } from "../saving";
import { endOf } from "./archive";

/** Lines with all there is, to read; or an archive that can be brought in again. */
export type Format = "jsonl" | "zip";

export type Progress = {
  format: Format;
  state: "reading" | "waiting" | "stopped" | "done";
  lines: number;
  bytes: number;
  /** Messages that were read, and those there were in the beginning. */
  messages: number;
  expected: number;
  /** Seconds, where the server asked for patience. */
  patience: number;
  failure: Failure | null;
};

type LastLine = { type: "end" | "continue"; cursor?: string; counts: Record<string, number> };
type Part = { blob: Blob; last: LastLine };

/** How far the export is; null where there is none. It goes on while other rooms are looked at. */
export const progress = signal<Progress | null>(null);

let parts: Part[] = [];
let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;

const step = (change: Partial<Progress>): void => {
  if (progress.value) progress.value = { ...progress.value, ...change };
};
const isStopped = (): boolean => progress.value?.state === "stopped";

/** Reads everything from the beginning, or on from the last part that is whole. */
export async function startExport({ goOn = false, format = "jsonl" as Format } = {}): Promise<void> {
  const before = progress.value;
  if (!goOn) parts = [];
  const { total_messages: expected } =
    goOn && before ? { total_messages: before.expected } : await account.totals();
  progress.value = { format, state: "reading", ...sumOf(parts), expected, patience: 0, failure: null };
  try {
    for (let last = parts.at(-1)?.last; last?.type !== "end" && !isStopped(); last = parts.at(-1)?.last) {
      const part = await patiently(() => readPart(format, last?.cursor));
      if (part) parts.push(part);
      if (!isStopped()) step(sumOf(parts));
    }
    if (!isStopped()) step({ state: "done" });
  } catch (error) {
    if (!isStopped()) step({ state: "stopped", ...sumOf(parts), failure: toFailure(error) });
  }
}

export function stopExport(): void {
  step({ state: "stopped", ...sumOf(parts) });
  void reader?.cancel().catch(() => undefined);
}

const sumOf = (all: Part[]) => ({
  lines: all.reduce((sum, { last }) => sum + Object.values(last.counts).reduce((a, b) => a + b, 0), 0),
  messages: all.reduce((sum, { last }) => sum + (last.counts["message"] ?? 0), 0),
  bytes: all.reduce((sum, { blob }) => sum + blob.size, 0),
});

/** Waits as long as the server asks where it says that this is too often. */
async function patiently<T>(work: () => Promise<T>): Promise<T | null> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure) || error.retryAfter === undefined) throw error;
      for (let left = error.retryAfter; left > 0 && !isStopped(); left--) {
        step({ state: "waiting", patience: left });
        await new Promise((passed) => setTimeout(passed, 1000));
      }
      if (isStopped()) return null;
      step({ state: "reading" });
    }
  }
}

/** One answer, whole: its end says so, or it is read again. */
async function readPart(format: Format, cursor: string | undefined): Promise<Part | null> {
  const query = new URLSearchParams({ ...(format === "zip" && { format }), ...(cursor && { cursor }) });
  const { body } = await request(`/auth/me/export${query.size > 0 ? `?${query}` : ""}`);
  if (!body) throw new Failure(0);
  reader = body.getReader();
  const { lines, bytes, messages } = sumOf(parts);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const counter = lineCounter({ lines, bytes, messages });
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Failure(0);
    });
    if (done) break;
    chunks.push(value as Uint8Array<ArrayBuffer>);
    const seen = counter.take(value, format === "jsonl");
    if (!isStopped()) step(seen);
  }
  if (isStopped()) return null;
  const blob = new Blob(chunks);
  return format === "zip" ? wholeArchive(blob) : wholePart(blob, counter.lastRow());
}

/** Counts what comes, and keeps the last whole line. */
function lineCounter(seen: Pick<Progress, "lines" | "bytes" | "messages">) {
  const decoder = new TextDecoder();
  let [tail, lastRow] = ["", ""];
  return {
    take: (chunk: Uint8Array, isLines: boolean) => {
      seen.bytes += chunk.length;
      if (!isLines) return seen;
      const rows = (tail + decoder.decode(chunk, { stream: true })).split("\n");
      tail = rows.pop() ?? "";
      seen.lines += rows.length;
      seen.messages += rows.filter((row) => row.startsWith('{"type":"message"')).length;
      lastRow = rows.at(-1) ?? lastRow;
      return seen;
    },
    lastRow: () => lastRow,
  };
}

/** Without its last line, which says only whether it is whole. @throws Failure where it is not */
function wholePart(blob: Blob, row: string): Part {
  const last = /^\{"type":"(?:end|continue)"/.test(row) ? (JSON.parse(row) as LastLine) : null;
  if (!last) throw new Failure(0);
  return { blob: blob.slice(0, blob.size - new TextEncoder().encode(`${row}\n`).length), last };
}

/** @throws Failure where it is not whole */
async function wholeArchive(blob: Blob): Promise<Part> {
  const end = await endOf(blob);
  if (!end) throw new Failure(0);
  return { blob, last: { type: end.cursor ? "continue" : "end", ...end } };
}

/** The lines in one file: all parts, and a line `end` that counts the lines of all of them. Archives stay as they came. */
function exportedFiles(format: Format): Blob[] {
  if (format === "zip") return parts.map(({ blob }) => blob);
  const counts: Record<string, number> = {};
  for (const { last } of parts)
    for (const [type, n] of Object.entries(last.counts)) counts[type] = (counts[type] ?? 0) + n;
  const end = `${JSON.stringify({ type: "end", counts })}\n`;
  return [new Blob([...parts.map(({ blob }) => blob), end], { type: "application/x-ndjson" })];
}

export function saveExport(): void {
  const format = progress.value?.format ?? "jsonl";
  const files = exportedFiles(format);
  const day = new Date().toISOString().slice(0, 10);
  files.forEach((file, i) => saveFile(file, `export-${day}${files.length > 1 ? `-${i + 1}` : ""}.${format}`));
}
