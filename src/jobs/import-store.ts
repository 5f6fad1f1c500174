import type { Database } from "../db/client";
import type { ChatSource } from "../interchange/conversation";
import type { Source } from "../interchange/zip";

/** How far a file is that is brought in. */
export type Job = {
  id: string;
  userId: number;
  /** What the file is called; whoever brought it said so. */
  name: string;
  size: number;
  /** With whom all chats of it are to be; null: as they say themselves. */
  personaId: number | null;
  state: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
  source: ChatSource | null;
  counts: { imported: number; already_there: number; left_out: number; messages: number };
  /** Of what is to be read, unpacked, so much. Bytes. */
  total: number;
  done: number;
  /** Where to go on: the file of the archive, and a place in it. */
  position: { entry: number; offset: number };
  /** Conversations and personas with higher ids came after it began. */
  since: { conversation: number; persona: number } | null;
  /** Its personas, by the numbers that the archive gave them. */
  personas: Record<string, number>;
  lines: number;
  error: { code: string; detail: string } | null;
  createdAt: number;
  finishedAt: number | null;
};

/** A job as its user is shown it. */
export const shownJob = (job: Job) => ({
  id: job.id,
  name: job.name,
  state: job.state,
  source: job.source,
  bytes: { size: job.size, total: job.total, done: job.done },
  counts: job.counts,
  report_lines: job.lines,
  error: job.error,
  created_at: new Date(job.createdAt).toISOString(),
  finished_at: job.finishedAt === null ? null : new Date(job.finishedAt).toISOString(),
});

/** A line of the report. */
export type Line = {
  n: number;
  kind: "conversation" | "persona" | "file";
  title: string;
  result: "imported" | "already_there" | "left_out";
  id: number | null;
  messages: number | null;
  detail: string | null;
};

export type ImportStore = ReturnType<typeof openImportStore>;

/** A piece of a file as it is kept. Bytes. */
export const CHUNK = 1024 * 1024;

/** What an importer keeps on its disk, sealed where there is a key: files until they are read, jobs and their reports. */
export function openImportStore(sql: SqlStorage, vault: () => Database["vault"]) {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, data TEXT NOT NULL)",
  );
  sql.exec(
    "CREATE TABLE IF NOT EXISTS chunks (job TEXT, n INTEGER, user_id INTEGER, key TEXT, data BLOB, PRIMARY KEY (job, n))",
  );
  sql.exec("CREATE TABLE IF NOT EXISTS lines (job TEXT, n INTEGER, data TEXT, PRIMARY KEY (job, n))");

  const placeOf = (userId: number, row: string, column: string) => ({
    userId,
    table: "imports",
    row,
    column,
  });
  const seal = (userId: number, row: string, value: object) =>
    vault().seal(placeOf(userId, row, "data"), JSON.stringify(value)) as unknown as string;
  const open = (userId: number, row: string, text: unknown) =>
    JSON.parse(vault().open(placeOf(userId, row, "data"), text as never)) as unknown;

  const jobs = (userId: number): Job[] =>
    sql
      .exec<{ id: string; data: string }>("SELECT id, data FROM jobs ORDER BY created_at DESC, id")
      .toArray()
      .map(({ id, data }) => open(userId, id, data) as Job);

  return {
    jobs,
    job(userId: number, id: string): Job | null {
      const [row] = sql.exec<{ data: string }>("SELECT data FROM jobs WHERE id = ?", id).toArray();
      return row ? (open(userId, id, row.data) as Job) : null;
    },
    put(job: Job): void {
      sql.exec(
        "INSERT INTO jobs (id, created_at, data) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
        job.id,
        job.createdAt,
        seal(job.userId, job.id, job),
      );
    },
    putChunk({ id, userId }: Job, n: number, bytes: Uint8Array<ArrayBuffer>): void {
      const sealed = vault().sealBytes(placeOf(userId, `${id}/${n}`, "data"), bytes);
      sql.exec(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)",
        id,
        n,
        userId,
        sealed?.key ?? null,
        (sealed?.sealed ?? bytes).slice().buffer,
      );
    },
    /** The file, of which one piece at a time is in memory. Between two of them others have their turn. */
    source({ id, userId, size }: Job): Source {
      let held: { n: number; bytes: Uint8Array } | null = null;
      const chunk = (n: number): Uint8Array => {
        if (held?.n === n) return held.bytes;
        const [row] = sql
          .exec<{ key: string | null; data: ArrayBuffer }>(
            "SELECT key, data FROM chunks WHERE job = ? AND n = ?",
            id,
            n,
          )
          .toArray();
        const stored = new Uint8Array(row?.data ?? new ArrayBuffer(0));
        const place = placeOf(userId, `${id}/${n}`, "data");
        const bytes = row?.key ? vault().openData(place, { key: row.key, userId, sealed: stored }) : stored;
        held = { n, bytes };
        return bytes;
      };
      return {
        size,
        async read(from, length) {
          const end = Math.min(size, from + length);
          const parts: Uint8Array[] = [];
          for (let at = Math.max(0, from); at < end;) {
            const n = Math.floor(at / CHUNK);
            if (held?.n !== n) await scheduler.wait(0);
            const part = chunk(n).subarray(at - n * CHUNK, Math.min(end - n * CHUNK, CHUNK));
            if (part.length === 0) break;
            parts.push(part);
            at += part.length;
          }
          return parts.length === 1 && parts[0] ? parts[0] : new Uint8Array(Buffer.concat(parts));
        },
      };
    },
    dropChunks: ({ id }: Pick<Job, "id">) => void sql.exec("DELETE FROM chunks WHERE job = ?", id),
    addLines({ id, userId }: Job, lines: Line[]): void {
      for (const line of lines)
        sql.exec(
          "INSERT OR REPLACE INTO lines VALUES (?, ?, ?)",
          id,
          line.n,
          seal(userId, `${id}/${line.n}`, line),
        );
    },
    lines: ({ id, userId }: Job, after: number, limit: number): Line[] =>
      sql
        .exec<{ n: number; data: string }>(
          "SELECT n, data FROM lines WHERE job = ? AND n > ? ORDER BY n LIMIT ?",
          id,
          after,
          limit,
        )
        .toArray()
        .map(({ n, data }) => open(userId, `${id}/${n}`, data) as Line),
    drop(id: string): void {
      for (const table of ["jobs", "chunks", "lines"])
        sql.exec(`DELETE FROM ${table} WHERE ${table === "jobs" ? "id" : "job"} = ?`, id);
    },
  };
}
