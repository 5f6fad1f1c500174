import { deflateRawSync } from "node:zlib";

import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";

import { newConversation, type Wire, type WireMessage, type WireTurn } from "../chat/harness";
import { api, json, newUser, ownDatabase, type TestUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { valuesIn } from "../../src/interchange/json-values";
import { contentsOf, itemsFrom } from "../../src/jobs/import-read";
import { runJob } from "../../src/jobs/import-run";
import { openImportStore, type Job as ImportJob } from "../../src/jobs/import-store";
import { entriesOf, isZip, readEntry, sourceOf, zipWriter } from "../../src/interchange/zip";
import { dateOf } from "../../src/interchange/sillytavern";
import { bombOf, pngWith, V3, zipOf } from "./card-files";
import { branched, chatGpt, cyclic, libreChat, lines, openWebUi, tavern } from "./chats";

type Job = {
  id: string;
  state: string;
  source: string;
  counts: { imported: number; already_there: number; left_out: number; messages: number };
  error: { code: string } | null;
};
type Line = { title: string; result: string; detail: string | null; id: number | null };
type Chat = Wire & {
  title: string;
  is_active: boolean;
  created_at: string;
  updated_at: string;
  persona_id: number;
};

type Content = string | Uint8Array | object;
const textOf = (file: Content) =>
  typeof file === "string" || file instanceof Uint8Array ? file : JSON.stringify(file);
const bring = ({ token }: TestUser, file: Content, query = "") =>
  api(`/imports${query}`, { method: "POST", token, text: textOf(file) as string });

const importerOf = ({ id }: TestUser) => env.IMPORTER.get(env.IMPORTER.idFromName(String(id)));

/** Brings in a file and waits until it is in, ringing the alarm that would ring by itself. */
async function brought(user: TestUser, file: Content, query = ""): Promise<Job> {
  let job = await json<Job>(bring(user, file, query));
  while (!["done", "failed"].includes(job.state)) {
    await runDurableObjectAlarm(importerOf(user));
    job = await json<Job>(api(`/imports/${job.id}`, { token: user.token }));
  }
  return job;
}

const chatsOf = ({ token }: TestUser) => json<Chat[]>(api("/chat/conversations", { token }));
const historyOf = ({ token }: TestUser, { id }: Wire) =>
  json<WireMessage[]>(api(`/chat/conversations/${id}/messages`, { token }));
const reportOf = ({ token }: TestUser, { id }: Job) => json<Line[]>(api(`/imports/${id}/report`, { token }));
const branchesOf = ({ token }: TestUser, { id }: Wire) =>
  json<{ message: WireMessage }[]>(api(`/chat/conversations/${id}/branches`, { token }));

const countOf = (table: string, { id }: TestUser) =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE user_id = ?`).bind(id).first("n");
const ledgerOf = (user: TestUser) => countOf("usage_events", user);

/** How many conversations a large export has: `IMPORT_SIZE=10000` for one as large as people have. */
const SIZE = Number(process.env.IMPORT_SIZE ?? 300);

describe("chats that were had elsewhere", () => {
  it("of ChatGPT come with their branches and times, without what was hidden", async () => {
    const user = await newUser();
    const job = await brought(user, [branched("one"), branched("two")]);
    expect(job).toMatchObject({
      state: "done",
      source: "chatgpt",
      counts: { imported: 2, left_out: 0, messages: 8 },
    });
    const chats = await chatsOf(user);
    expect(chats.map(({ title }) => title).toSorted()).toEqual(["Talk one", "Talk two"]);
    expect(chats[0]).toMatchObject({
      created_at: "2023-11-14T22:13:20.500Z",
      updated_at: "2023-11-14T22:28:20.250Z",
    });
    const one = chats.find(({ title }) => title === "Talk one")!;
    const history = await historyOf(user, one);
    expect(history.map(({ content }) => content)).toEqual(["Hello one", "Another answer", "Go on"]);
    expect(history[1]).toMatchObject({
      model_used: "gpt-4o",
      created_at: "2023-11-14T22:13:23.000Z",
      usage: null,
    });
    expect((await branchesOf(user, one)).map(({ message }) => message.content)).toEqual([
      "Go on",
      "One answer",
    ]);
    const [line] = await reportOf(user, job);
    expect(line!.detail).toMatch(/^2 parts/);
    expect(await json<Wire[]>(api("/personas", { token: user.token }))).toMatchObject([{ name: "ChatGPT" }]);
    expect(await ledgerOf(user)).toBe(0);
  });

  it("come in as an archive of pieces, or whole, and never twice", async () => {
    const user = await newUser();
    const [a, b] = [branched("a"), branched("b")].map((chat) => JSON.stringify([chat]));
    const archive = zipOf({
      "conversations-000.json": a!,
      "conversations-001.json": b!,
      "user.json": "{}",
      "chat.html": "<p>",
    });
    expect((await brought(user, archive)).counts).toMatchObject({ imported: 2, already_there: 0 });
    expect((await brought(user, archive)).counts).toMatchObject({ imported: 0, already_there: 2 });
    expect((await brought(user, [branched("b"), branched("c"), branched("c")])).counts).toMatchObject({
      imported: 1,
      already_there: 2,
    });
    expect(await chatsOf(user)).toHaveLength(3);
  });

  it("of SillyTavern have their swipes as variants and all forms of dates", async () => {
    const user = await newUser();
    await brought(user, lines(tavern));
    const [chat] = await chatsOf(user);
    expect(chat!.created_at).toBe("2024-05-01T12:30:05.123Z");
    const history = await historyOf(user, chat!);
    expect(history.map(({ content }) => content)).toEqual(["Second greeting", "Hi", "Mind the step."]);
    expect(history.map(({ role }) => role)).toEqual(["assistant", "user", "assistant"]);
    expect(history[0]).toMatchObject({ created_at: "2024-05-01T12:31:30.000Z", model_used: "m" });
    const variants = await json<WireMessage[]>(
      api(`/chat/conversations/${chat!.id}/messages/${history[0]!.id}/variants`, { token: user.token }),
    );
    expect(variants.map(({ content }) => content)).toEqual(["First greeting", "Second greeting"]);
    expect(await json<Wire[]>(api("/personas", { token: user.token }))).toMatchObject([{ name: "Odile" }]);
    expect(dateOf("May 1, 2024 12:05am")).toBe(Date.UTC(2024, 4, 1, 0, 5));
    expect(dateOf("2024-5-1@09h03m07s")).toBe(Date.UTC(2024, 4, 1, 9, 3, 7));
  });

  it("of Open WebUI and LibreChat come with their branches, to a persona of the user's where asked", async () => {
    const chat = await newConversation();
    const query = `?persona_id=${chat.personaId}`;
    await brought(chat.user, openWebUi, query);
    await brought(chat.user, libreChat, query);
    const chats = (await chatsOf(chat.user)).filter(({ id }) => id !== chat.id);
    expect(chats.map(({ persona_id: id }) => id)).toEqual([chat.personaId, chat.personaId]);
    const web = chats.find(({ title }) => title === "Web")!;
    expect(web.is_active).toBe(false);
    expect((await historyOf(chat.user, web)).map(({ content }) => content)).toEqual(["15 * 17?", "255"]);
    const libre = chats.find(({ title }) => title === "Libre")!;
    expect((await historyOf(chat.user, libre)).map(({ content }) => content)).toEqual([
      "Question",
      "Answer B",
      "More",
    ]);
    expect(await branchesOf(chat.user, libre)).toHaveLength(2);
    const theirs = await newConversation();
    await json(bring(chat.user, openWebUi, `?persona_id=${theirs.personaId}`), 404);
  });

  it("go on like any other", async () => {
    scriptUpstream(says("Still here."));
    const user = await newUser();
    await brought(user, [branched("x")]);
    const [chat] = await chatsOf(user);
    const turn = await json<WireTurn>(
      api(`/chat/conversations/${chat!.id}/send`, { token: user.token, body: { content: "Are you there?" } }),
    );
    expect(turn.assistant_message.content).toBe("Still here.");
    expect((await historyOf(user, chat!)).map(({ content }) => content)).toHaveLength(5);
  });

  it.each([
    ["nothing", "", 422],
    ["no JSON", "hello", 422],
    ["JSON that ends in the middle", '[{"mapping":{', 422],
    ["JSON of something else", { hello: "world" }, 422],
    ["a circle in a mapping", [cyclic], 422],
    ["a line of ten megabytes", `{"mes":"${"x".repeat(10_000_000)}"}\n`, 413],
    ["an archive with a path that leads out of it", zipOf({ "../conversations.json": "[]" }), 422],
    ["an archive without chats", zipOf({ "a.txt": "hi" }), 422],
    ["an archive that is cut", zipOf({ "conversations.json": "[]" }).subarray(0, 60), 422],
  ])("that are %s are refused clearly, and nothing is written", async (_, file, status) => {
    const user = await newUser();
    const { code } = await json<{ code: string }>(bring(user, file), status);
    expect(code).toBe(status === 413 ? "payload_too_large" : "file_invalid");
    expect(await chatsOf(user)).toEqual([]);
    expect(await json(api("/imports", { token: user.token }))).toEqual([]);
  });

  it("in a bomb are unpacked a piece at a time, and no further than its archive says", async () => {
    const user = await newUser();
    const bomb = Buffer.from(bombOf("conversations.json", 50_000_000));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(50_000_000);
    const small = Buffer.from([232, 3, 0, 0]);
    for (let at = bomb.indexOf(size); at >= 0; at = bomb.indexOf(size)) bomb.set(small, at);
    expect(await json(bring(user, bomb), 422)).toMatchObject({ code: "file_invalid" });
  });

  it("beside one that cannot be are in, and the report says which and why", async () => {
    const user = await newUser();
    const job = await brought(user, [
      branched("good"),
      cyclic,
      { mapping: {}, title: "<b>Empty</b>" },
      branched("fine"),
    ]);
    expect(job.counts).toMatchObject({ imported: 2, left_out: 2 });
    const report = await reportOf(user, job);
    expect(report.map(({ title, result }) => [title, result])).toEqual([
      ["Talk good", "imported"],
      ["Round and round", "left_out"],
      ["<b>Empty</b>", "left_out"],
      ["Talk fine", "imported"],
    ]);
    expect(report[1]!.detail).toContain("circle");
  });

  it("find no room beyond what their user may have, and say so", async () => {
    const user = await newUser();
    await env.DB.prepare("UPDATE users SET max_conversations = 1 WHERE id = ?").bind(user.id).run();
    expect(await json(bring(user, [branched("a"), branched("b")]), 409)).toMatchObject({
      code: "storage_full",
    });
    expect(await chatsOf(user)).toEqual([]);
  });

  it("are nobody else's to see", async () => {
    const [user, other] = [await newUser(), await newUser()];
    const job = await brought(user, [branched("a")]);
    for (const path of ["", "/report", "/events"]) {
      expect((await api(`/imports/${job.id}${path}`, { token: other.token })).status).toBe(404);
    }
    expect((await api(`/imports/${job.id}`, { method: "DELETE", token: other.token })).status).toBe(404);
    expect((await api(`/imports/${job.id}`, { method: "DELETE", token: user.token })).status).toBe(200);
    expect(await json(api("/imports", { token: user.token }))).toEqual([]);
  });

  it("can be followed to their end", async () => {
    const user = await newUser();
    const job = await brought(user, [branched("a")]);
    const events = await (await api(`/imports/${job.id}/events`, { token: user.token })).text();
    expect(events).toMatch(/^event: done\ndata: \{"id":"imp_/);
  });

  it("are as many as there are, whatever becomes of the object meanwhile", { timeout: 900_000 }, async () => {
    const user = await newUser();
    const many = Array.from({ length: SIZE }, (_, n) => branched(`n${n}`));
    let job = await json<Job>(bring(user, many));
    for (; job.state !== "done"; job = await json<Job>(api(`/imports/${job.id}`, { token: user.token }))) {
      await evictDurableObject(importerOf(user));
      await runDurableObjectAlarm(importerOf(user));
    }
    expect(job.counts).toEqual({ imported: SIZE, already_there: 0, left_out: 0, messages: 4 * SIZE });
    expect(await countOf("conversations", user)).toBe(SIZE);
    await runInDurableObject(importerOf(user), (_, { storage }) => {
      expect([...storage.sql.exec("SELECT n FROM chunks")]).toEqual([]);
    });
  });

  it("go on after a crash where they stood: nothing twice, nothing left out", async () => {
    const user = await newUser();
    const many = Array.from({ length: 250 }, (_, n) => branched(`n${n}`));
    const importing = { db: ownDatabase(), room: { personas: 0, conversations: 0, bytes: 0 } };
    await runInDurableObject(importerOf(user), async (_, { storage }) => {
      const store = openImportStore(storage.sql, () => importing.db.vault);
      const text = new Uint8Array(Buffer.from(JSON.stringify(many)));
      const fresh = { ...aJob(user.id), size: text.length };
      store.put(fresh);
      store.putChunk(fresh, 0, text);
      // Dies after the second group is in the database, and before that is remembered.
      let puts = 0;
      const dying = { ...store, put: (job: ImportJob) => (++puts === 2 ? die() : store.put(job)) };
      await expect(runJob(importing, dying, fresh, Infinity, () => false)).rejects.toThrow("died");
      const left = store.job(user.id, fresh.id)!;
      expect(left.counts.imported).toBe(100);
      expect(await countOf("conversations", user)).toBe(200);
      await runJob(importing, store, left, Infinity, () => false);
      expect(left.counts).toEqual({ imported: 250, already_there: 0, left_out: 0, messages: 1000 });
      expect(store.lines(left, 0, 1000).map(({ n }) => n)).toEqual(
        Array.from({ length: 250 }, (__, n) => n + 1),
      );
    });
    expect(await countOf("conversations", user)).toBe(250);
    expect(await countOf("personas", user)).toBe(1);
  });

  it("are read on from any place as they are in one go, packed or not, and nothing before it is read again", async () => {
    const chats = ["a", "b", "c"].map((id) => branched(id));
    const packed = zipWriter((bytes) => new Uint8Array(deflateRawSync(bytes)));
    const text = Buffer.from(JSON.stringify(chats, null, 1));
    const archive = [packed.add("conversations-0.json", text), packed.add("conversations-1.json", text)];
    for (const file of [text, Buffer.from(lines(chats)), Buffer.concat([...archive, packed.end()])]) {
      let first = Infinity;
      const source = sourceOf(new Uint8Array(file));
      const read = (from: number, length: number) => (
        (first = Math.min(first, from)),
        source.read(from, length)
      );
      const contents = await contentsOf({ ...source, read });
      const all = await Array.fromAsync(itemsFrom(contents, { entry: 0, offset: 0 }));
      expect(all.length).toBe(isZip(file) ? 6 : 3);
      for (const [n, { place }] of all.entries()) {
        first = Infinity;
        expect(await Array.fromAsync(itemsFrom(contents, place))).toEqual(all.slice(n + 1));
        if (!isZip(file)) expect(first).toBeGreaterThanOrEqual(place.offset);
      }
    }
  });

  it("of any size are read a piece at a time", async () => {
    const chat = JSON.stringify(branched("big"));
    const count = 20_000;
    const piece = new TextEncoder().encode(`${chat},`);
    const body = Buffer.concat([Buffer.from("["), ...Array.from({ length: count }, () => piece)]);
    body[body.length - 1] = "]".charCodeAt(0);
    const reads: number[] = [];
    const source = {
      size: body.length,
      read: async (from: number, length: number) => (reads.push(length), body.subarray(from, from + length)),
    };
    expect(body.length).toBeGreaterThan(30_000_000);
    const { parts } = await contentsOf(source);
    let [values, longest] = [0, 0];
    for await (const { text } of valuesIn(parts[0]!.read(0))) {
      values++;
      longest = Math.max(longest, text!.length);
    }
    expect(values).toBe(count);
    expect(longest).toBe(chat.length);
    expect(Math.max(...reads)).toBeLessThanOrEqual(256 * 1024);
  });
});

const die = (): never => {
  throw new Error("died");
};

const aJob = (userId: number): ImportJob => ({
  id: `imp_${crypto.randomUUID().replaceAll("-", "")}`,
  userId,
  name: "",
  size: 0,
  personaId: null,
  state: "waiting",
  source: null,
  counts: { imported: 0, already_there: 0, left_out: 0, messages: 0 },
  total: 0,
  done: 0,
  position: { entry: 0, offset: 0 },
  since: { conversation: 0, persona: 0 },
  personas: {},
  lines: 0,
  error: null,
  createdAt: 0,
  finishedAt: null,
});

/** What is in an account's archive, but for the account itself and its ledger, as sorted lines. */
async function archiveOf({ token }: TestUser): Promise<{ bytes: Uint8Array; lines: string[] }> {
  const bytes = new Uint8Array(await (await api("/auth/me/export?format=zip", { token })).arrayBuffer());
  const source = sourceOf(bytes);
  const all: string[] = [];
  for (const entry of await entriesOf(source)) {
    const text = Buffer.from(await readEntry(source, entry, 10_000_000)).toString();
    if (entry.name.endsWith(".jsonl") && !/-(users|usage_events|safety_\w+)\.jsonl$/.test(entry.name))
      all.push(...text.trim().split("\n"));
  }
  return { bytes, lines: all.toSorted() };
}

/** An account with all that an archive may hold. */
async function livedIn(): Promise<TestUser> {
  scriptUpstream(says("First."), says("Second."), says("Third."));
  const chat = await newConversation();
  const { token } = chat;
  const first = await json<WireTurn>(chat.send("One"));
  await json(chat.send("Two"));
  await json(
    api(`${chat.path}/messages/${first.user_message.id}/edit`, {
      token,
      body: { content: "One, but other", answer: true },
    }),
  );
  await json(
    api("/personas/import", { method: "POST", token, text: pngWith({ ccv3: V3 }) as unknown as string }),
  );
  await brought(chat.user, [branched("kept")]);
  const tag = (name: string, kind: string) => json<Wire>(api("/chat/tags", { token, body: { name, kind } }));
  const [sea, later, travels] = [
    await tag("Sea", "tag"),
    await tag("Later", "tag"),
    await tag("Travels", "folder"),
  ];
  const order = { is_active: false, pinned: true, tag_ids: [later.id, sea.id], folder_id: travels.id };
  await json(api(chat.path, { token, method: "PUT", body: order }));
  return chat.user;
}

describe("an account's archive", () => {
  it("can be brought in elsewhere, and says the same there", async () => {
    const user = await livedIn();
    const before = await archiveOf(user);
    expect(before.lines.length).toBeGreaterThan(10);
    const other = await newUser();
    // One that has a name already takes what comes under it.
    await json(api("/chat/tags", { token: other.token, body: { name: "Sea", kind: "tag" } }));
    await json(api("/chat/tags", { token: other.token, body: { name: "Sea", kind: "folder" } }));
    const job = await brought(other, before.bytes);
    expect(job).toMatchObject({ state: "done", source: "archive", counts: { left_out: 0 } });
    expect((await archiveOf(other)).lines).toEqual(before.lines);
    expect(await ledgerOf(other)).toBe(0);
    expect((await brought(other, before.bytes)).counts.imported).toBe(0);
  });

  it("has every conversation's branches, times and usage, one by one as well", async () => {
    const user = await livedIn();
    const { token } = user;
    const chats = await chatsOf(user);
    for (const format of ["json", "jsonl", "chatgpt", "sillytavern"]) {
      const other = await newUser();
      for (const { id } of chats) {
        const answer = await api(`/chat/conversations/${id}/export?format=${format}`, { token });
        expect(answer.headers.get("content-disposition")).toContain("attachment");
        const job = await brought(other, await answer.text());
        expect(job.counts).toMatchObject({ imported: 1, left_out: 0 });
      }
      for (const theirs of await chatsOf(other)) {
        const ours = chats.find(({ title }) => title === theirs.title)!;
        const [a, b] = [await historyOf(user, ours), await historyOf(other, theirs)];
        expect(b.map(({ content }) => content)).toEqual(a.map(({ content }) => content));
        expect(b.map(({ created_at: at }) => at)).toEqual(a.map(({ created_at: at }) => at));
        if (format === "sillytavern") continue;
        expect(await branchesOf(other, theirs)).toHaveLength((await branchesOf(user, ours)).length);
        if (format === "chatgpt") continue;
        expect(b.map(({ usage }) => usage)).toEqual(a.map(({ usage }) => usage));
      }
    }
  });

  it("can be read as Markdown, whose signs in names are words", async () => {
    const user = await newUser();
    await brought(user, [
      chatGpt("m", [{ id: "u", parent: "root", role: "user", text: "# Hi" }], { title: "<b>*x*" }),
    ]);
    const [chat] = await chatsOf(user);
    const text = await (
      await api(`/chat/conversations/${chat!.id}/export?format=markdown`, { token: user.token })
    ).text();
    expect(text).toBe("# \\<b\\>\\*x\\*\n\n## You · 2023-11-14T22:13:21.000Z\n\n# Hi\n");
  });
});
