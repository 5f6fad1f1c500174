import { AppError } from "../errors";
import { describeCauses } from "../errors";
import type { Chat } from "../interchange/conversation";
import { contentsOf, itemsFrom, type Place, type Placed } from "./import-read";
import type { ImportStore, Job, Line } from "./import-store";
import { writeCard, writeChats, writeFile, writePersona, type Importing } from "./import-write";

/** Chats are written in groups of so many, or of so many characters of text. */
const GROUP = 100;
const GROUP_TEXT = 400_000;
/** A run may ask the database so often before the alarm rings for the next: an invocation has a thousand queries. */
const MAX_GROUPS = 60;

type Group = { chats: Chat[]; text: number; place: Place; done: number };

/**
 * Goes on with a job until it is done, or its time is up: what was written is kept with the place to go on from, so that after a
 * crash nothing is written twice and nothing is left out.
 * @param until milliseconds since 1970
 */
export async function runJob(
  importing: Importing,
  store: ImportStore,
  job: Job,
  until: number,
  isStopped: () => boolean,
): Promise<void> {
  job.state = "running";
  const contents = await contentsOf(store.source(job));
  job.total = contents.total;
  let group: Group = emptyGroup(job);
  let groups = 0;
  /** So long others have their turn before the next group, as the last one took. Milliseconds. */
  let rest = 0;

  async function write(): Promise<void> {
    groups++;
    const began = Date.now();
    const found = group.chats.length > 0 ? await writeChats(importing, job, group.chats) : [];
    report(store, job, found);
    job.position = group.place;
    job.done = group.done;
    store.put(job);
    group = emptyGroup(job);
    rest += Date.now() - began;
  }

  for await (const item of itemsFrom(contents, job.position)) {
    if (rest > 0) await scheduler.wait(rest);
    rest = 0;
    if (isStopped()) return;
    if (item.type === "chat") {
      job.source ??= item.chat.source;
      group.chats.push(item.chat);
      group.text += item.chat.messages.reduce((sum, { content }) => sum + content.length + 500, 0);
    } else if (item.type === "left_out" && group.chats.length > 0) await write();
    [group.place, group.done] = [item.place, item.done];
    if (item.type !== "chat") {
      if (group.chats.length > 0) await write();
      await take(importing, store, job, item);
      await write();
    } else if (group.chats.length >= GROUP || group.text >= GROUP_TEXT) await write();
    if (group.chats.length === 0 && (Date.now() > until || groups >= MAX_GROUPS)) return;
  }
  if (isStopped()) return;
  group.place = { entry: contents.parts.length, offset: contents.total };
  group.done = contents.total;
  await write();
  job.state = "done";
}

const emptyGroup = ({ position, done }: Job): Group => ({ chats: [], text: 0, place: position, done });

async function take(
  importing: Importing,
  store: ImportStore,
  job: Job,
  item: Exclude<Placed, { type: "chat" }>,
): Promise<void> {
  switch (item.type) {
    case "persona":
      job.source ??= "archive";
      return report(store, job, [await writePersona(importing, job, item.persona)]);
    case "card":
      return writeCard(importing, job, item);
    case "file":
      return writeFile(importing, job, item);
    case "left_out":
      return report(store, job, [
        {
          kind: "conversation",
          title: item.title,
          result: "left_out",
          id: null,
          messages: null,
          detail: item.detail,
        },
      ]);
  }
}

function report(store: ImportStore, job: Job, found: Omit<Line, "n">[]): void {
  store.addLines(
    job,
    found.map((line, n) => ({ n: job.lines + n + 1, ...line })),
  );
  job.lines += found.length;
  for (const { result, kind, messages } of found) {
    job.counts[result]++;
    if (result === "imported" && kind === "conversation") job.counts.messages += messages ?? 0;
  }
}

/** Ends a job that cannot go on: in our words, whatever was thrown. */
export function fail(store: ImportStore, job: Job, error: unknown): void {
  const known = error instanceof AppError ? error : new AppError("internal_error");
  if (!(error instanceof AppError))
    console.error(JSON.stringify({ event: "import_failed", ...describeCauses(error) }));
  job.state = "failed";
  job.error = { code: known.code, detail: known.message };
  store.put(job);
}
