import { DurableObject } from "cloudflare:workers";

import { openAgenda } from "../chat/agenda";
import { databaseTrouble, openDatabase, retried } from "../db/client";
import { lastIdOf } from "../db/row-ids";
import { configOf, type Env, type ImporterMethods, type ImportOrder } from "../env";
import { AppError, toErrorBody } from "../errors";
import { badFile, tooLarge } from "../interchange/file-error";
import { valuesIn } from "../interchange/json-values";
import { MAX_IMPORT } from "../interchange/limits";
import { contentsOf } from "./import-read";
import { reviewIndex } from "../search/client";
import { fail, runJob } from "./import-run";
import { CHUNK, openImportStore, shownJob, type Job } from "./import-store";

/** How long one run goes on, and how long the request that brings a file waits for it. Milliseconds. */
const RUN_MS = 5_000;
const IN_REQUEST_MS = 1_500;
/** When a job that met trouble is tried again, and how long its report is kept after it has ended. Milliseconds. */
const RETRY_MS = 30_000;
const KEPT_MS = 24 * 60 * 60_000;
const MAX_JOBS = 20;
const HEARTBEAT_MS = 10_000;

/**
 * Brings in a user's files, one after the other: one object a user. What it has yet to read lies on its disk, and its alarm goes
 * on after a crash. A file is kept until it is read, a report for a day.
 */
export class Importer extends DurableObject<Env> implements ImporterMethods {
  private readonly config = configOf(this.env);
  private readonly db = openDatabase(this.env.DB, () => this.config.ENCRYPTION_KEY);
  private readonly agenda = openAgenda(this.ctx.storage);
  private store = openImportStore(this.ctx.storage.sql, () => this.db.vault);
  private isRunning = false;
  private readonly stopped = new Set<string>();
  private wake = Promise.withResolvers<void>();

  /** Takes a file, or tells how a job goes, as events. */
  override async fetch(request: Request): Promise<Response> {
    const order = JSON.parse(request.headers.get("X-Import") ?? "{}") as ImportOrder;
    try {
      if (request.method === "GET") return this.events(order.userId, order.id ?? "");
      return Response.json(shownJob(await this.receive(request, order)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return Response.json(toErrorBody(error), { status: error.status });
    }
  }

  private async receive(request: Request, { userId, name, personaId }: ImportOrder): Promise<Job> {
    if (this.store.jobs(userId).filter(({ finishedAt }) => finishedAt === null).length >= MAX_JOBS)
      throw new AppError("too_many_imports");
    const job = newJob(userId, name ?? "", personaId ?? null);
    this.ctx.storage.kv.put("user", userId);
    this.store.put(job);
    this.agenda.watch();
    try {
      await this.keep(job, request.body);
      await this.check(job);
      const [conversation, persona] = await retried(() =>
        this.db.batch([lastIdOf(this.db, "conversations"), lastIdOf(this.db, "personas")]),
      );
      job.since = { conversation: conversation[0]?.seq ?? 0, persona: persona[0]?.seq ?? 0 };
      job.state = "waiting";
      this.store.put(job);
    } catch (error) {
      this.store.drop(job.id);
      throw error;
    }
    if (!this.isRunning) await this.run(Date.now() + IN_REQUEST_MS);
    else this.agenda.soon(Date.now());
    return this.answer(userId, job.id);
  }

  /** A file of which nothing came in is refused, where that is known at once. */
  private answer(userId: number, id: string): Job {
    const job = this.store.job(userId, id);
    if (!job) throw new AppError("not_found");
    const { counts, state, error } = job;
    const isEmpty = counts.imported + counts.already_there === 0;
    if (!isEmpty || (state !== "failed" && (state !== "done" || counts.left_out === 0))) return job;
    const [line] = this.store.lines(job, 0, 1);
    this.store.drop(id);
    throw error
      ? new AppError(error.code as "file_invalid", { detail: error.detail })
      : badFile(line?.detail ?? "There are no chats in this file.");
  }

  /** Writes the file onto the disk as it comes: memory holds a piece of it. */
  private async keep(job: Job, body: ReadableStream<Uint8Array> | null): Promise<void> {
    let [held, parts] = [0, [] as Uint8Array[]];
    let n = 0;
    const flush = () => {
      const bytes = new Uint8Array(Buffer.concat(parts));
      for (let at = 0; at < bytes.length; at += CHUNK)
        this.store.putChunk(job, n++, bytes.slice(at, at + CHUNK));
      [held, parts] = [0, []];
    };
    for await (const piece of body ?? []) {
      job.size += piece.length;
      if (job.size > MAX_IMPORT) throw tooLarge("This file", MAX_IMPORT);
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + CHUNK - held);
        parts.push(part);
        held += part.length;
        at += part.length;
        if (held === CHUNK) flush();
      }
    }
    flush();
  }

  /** Looks through the whole of a plain file before anything of it is written. */
  private async check(job: Job): Promise<void> {
    const contents = await contentsOf(this.store.source(job));
    job.total = contents.total;
    const [only] = contents.parts;
    if (contents.parts.length > 1 || !only || only.name !== "") return;
    let count = 0;
    for await (const { text } of valuesIn(only.read(0))) if (text !== null) count++;
    if (count === 0)
      throw job.size > 8_000_000
        ? tooLarge("What is in this file", 8_000_000)
        : badFile("There are no chats in this file.");
  }

  override async alarm(): Promise<void> {
    this.agenda.forget();
    this.dropOld();
    await this.run(Date.now() + RUN_MS);
  }

  /** One job after the other; what is left when the time is up the alarm goes on with. */
  private async run(until: number): Promise<void> {
    if (this.isRunning) return this.agenda.soon(Date.now() + 1000);
    this.isRunning = true;
    // Rings again if this life ends before it is done.
    this.agenda.watch();
    try {
      for (let job = this.next(); job && Date.now() < until; job = this.next()) await this.goOn(job, until);
    } finally {
      this.isRunning = false;
    }
    this.rest();
  }

  private async goOn(job: Job, until: number): Promise<void> {
    const { MAX_CONVERSATIONS, MAX_PERSONAS, MAX_STORED_BYTES } = this.config;
    const room = { personas: MAX_PERSONAS, conversations: MAX_CONVERSATIONS, bytes: MAX_STORED_BYTES };
    try {
      await runJob(
        { db: this.db, bucket: this.env.FILES, room },
        this.store,
        job,
        until,
        () => (this.tell(), this.stopped.has(job.id)),
      );
      if (this.stopped.has(job.id)) return;
      this.store.put(job);
    } catch (error) {
      if (databaseTrouble(error)) {
        this.store.put({ ...job, state: "waiting" });
        return this.agenda.soon(Date.now() + RETRY_MS);
      }
      fail(this.store, job, error);
    }
    if (job.state === "done" || job.state === "failed") this.finish(job);
  }

  private finish(job: Job): void {
    job.finishedAt = Date.now();
    this.ctx.waitUntil(reviewIndex(this.env, job.userId));
    this.store.put(job);
    this.store.dropChunks(job);
    this.tell();
  }

  /** The oldest job that is not done. Whose they are is the same for all. */
  private next(): Job | undefined {
    return this.all().findLast(({ state }) => state === "waiting" || state === "running");
  }

  private all(): Job[] {
    const userId = Number(this.ctx.storage.kv.get("user") ?? 0);
    return userId ? this.store.jobs(userId) : [];
  }

  private rest(): void {
    const jobs = this.all();
    if (this.next()) this.agenda.expire(Date.now());
    else if (jobs.length > 0) this.agenda.expire(Date.now() + KEPT_MS);
    else this.agenda.rest();
  }

  /** What is over for a day is forgotten, and what broke off while it came in. */
  private dropOld(): void {
    const now = Date.now();
    for (const { id, createdAt, finishedAt, state } of this.all()) {
      const isBroken = state === "receiving" && createdAt + KEPT_MS / 24 < now;
      if (isBroken || (finishedAt !== null && finishedAt + KEPT_MS <= now)) this.store.drop(id);
    }
  }

  private tell(): void {
    this.wake.resolve();
    this.wake = Promise.withResolvers<void>();
  }

  async list(userId: number): Promise<object[]> {
    return this.store.jobs(userId).map(shownJob);
  }

  async show(userId: number, id: string): Promise<object | null> {
    const job = this.store.job(userId, id);
    return job && shownJob(job);
  }

  async report(userId: number, id: string, after: number, limit: number): Promise<object[] | null> {
    const job = this.store.job(userId, id);
    return job && this.store.lines(job, after, limit);
  }

  async cancel(userId: number, id: string): Promise<boolean> {
    if (!this.store.job(userId, id)) return false;
    this.stopped.add(id);
    this.store.drop(id);
    this.tell();
    return true;
  }

  async purge(): Promise<true> {
    for (const { id } of this.all()) this.stopped.add(id);
    this.agenda.forget();
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.deleteAlarm();
    this.store = openImportStore(this.ctx.storage.sql, () => this.db.vault);
    return true;
  }

  private events(userId: number, id: string): Response {
    if (!this.store.job(userId, id)) throw new AppError("not_found");
    return new Response(this.stream(userId, id), { headers: { "Content-Type": "text/event-stream" } });
  }

  /** A frame each time something has changed that a reader has not seen, and one now and then to hold the line. */
  private stream(userId: number, id: string): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let [last, isOver] = ["", false];
    const frame = (): string | null => {
      const job = this.store.job(userId, id);
      const data = JSON.stringify(job);
      if (data === last) return null;
      last = data;
      isOver = !job || job.finishedAt !== null;
      return `event: ${isOver ? "done" : "progress"}\ndata: ${JSON.stringify(job && shownJob(job))}\n\n`;
    };
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          if (isOver) return controller.close();
          let text = frame();
          if (text === null) {
            await Promise.race([this.wake.promise, scheduler.wait(HEARTBEAT_MS)]);
            text = frame() ?? ": still here\n\n";
          }
          controller.enqueue(encoder.encode(text));
        },
      },
      { highWaterMark: 0 },
    );
  }
}

const newJob = (userId: number, name: string, personaId: number | null): Job => ({
  id: `imp_${crypto.randomUUID().replaceAll("-", "")}`,
  userId,
  name,
  size: 0,
  personaId,
  state: "receiving",
  source: null,
  counts: { imported: 0, already_there: 0, left_out: 0, messages: 0 },
  total: 0,
  done: 0,
  position: { entry: 0, offset: 0 },
  since: null,
  personas: {},
  lines: 0,
  error: null,
  createdAt: Date.now(),
  finishedAt: null,
});
