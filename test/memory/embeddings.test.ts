import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openVault } from "../../src/db/vault";
import { openCells } from "../../src/memory/cells";
import { embedderOf, likeness, NoVectors } from "../../src/memory/embeddings";

import type { Original } from "../../src/memory/learn";
import { openMemory } from "../../src/memory/memory";

const URL = "https://embeddings.test/v1/embeddings";
const terms = { EMBEDDINGS: URL, EMBEDDINGS_MODEL: "small", EMBEDDINGS_KEY: "secret" };
const signal = new AbortController().signal;

const answering = (answer: unknown, status = 200) =>
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(answer, { status }));

afterEach(() => vi.restoreAllMocks());

describe("what embeds a memory", () => {
  it("is an endpoint of OpenAI's shape, whose answer may come in any order", async () => {
    const fetched = answering({
      data: [
        { index: 1, embedding: [0, 1] },
        { index: 0, embedding: [1, 0] },
      ],
    });
    const [first, second] = (await embedderOf(terms)?.embed(["a", "b"], signal)) ?? [];
    expect([...(first ?? [])]).toEqual([127, 0]);
    expect([...(second ?? [])]).toEqual([0, 127]);
    const [url, init] = fetched.mock.calls[0]!;
    expect(url).toBe(URL);
    expect(JSON.parse(init?.body as string)).toEqual({
      model: "small",
      input: ["a", "b"],
      encoding_format: "float",
    });
    expect(new Headers(init?.headers).get("authorization")).toBe("Bearer secret");
  });

  it("is a model of Workers AI where there is its binding", async () => {
    const run = vi.fn(async () => ({ data: [[0.5, -0.5]] }));
    const embedder = embedderOf({ ...terms, EMBEDDINGS: "@cf/baai/bge-m3" }, { run });
    expect(await embedder?.embed(["a"], signal)).toEqual([Int8Array.of(127, -127)]);
    expect(run).toHaveBeenCalledWith("@cf/baai/bge-m3", { text: ["a"] });
    expect(embedderOf({ ...terms, EMBEDDINGS: "@cf/baai/bge-m3" })).toBeNull();
  });

  it("is nothing unless it is asked for", () => {
    expect(embedderOf({ ...terms, EMBEDDINGS: "off" })).toBeNull();
  });

  it.each([
    ["an error", { error: {} }, 500],
    ["too few", { data: [{ index: 0, embedding: [1] }] }, 200],
    ["no numbers", { data: [0, 1].map((index) => ({ index, embedding: ["x"] })) }, 200],
    ["nothing", null, 200],
  ])("that answers with %s has said nothing", async (_, answer, status) => {
    answering(answer, status);
    await expect(embedderOf(terms)?.embed(["a", "b"], signal)).rejects.toThrow(NoVectors);
  });

  it("says how alike two texts are", () => {
    expect(likeness(Int8Array.of(127, 0), Int8Array.of(10, 0))).toBeCloseTo(1);
    expect(likeness(Int8Array.of(127, 0), Int8Array.of(0, 5))).toBeCloseTo(0);
  });
});

const SAID = [
  "The spaniel chewed my slippers.",
  "The tax form is due.",
  "Rain all week.",
  "A quiet evening.",
];
const ID = 7 * 2 ** 20;
const original: Original = {
  conversations: async () => [
    { id: 7, revision: 1, nonce: "n", headMessageId: ID + SAID.length, updatedAt: new Date(8e15) },
  ],
  branch: async () =>
    SAID.map((content, i) => ({
      id: ID + i + 1,
      parentId: i === 0 ? null : ID + i,
      role: "user",
      content,
      status: "complete",
      createdAt: new Date(i),
      safety: null,
    })),
};
const [DOG, OTHER] = [Int8Array.of(127, 0), Int8Array.of(0, 127)];

describe("a memory with embeddings", () => {
  it("finds what means the like in other words, wakes with it, and forgets it", async () => {
    await runInDurableObject(env.MEMORIES.getByName("embeddings"), async (_, { storage }) => {
      const cells = openCells(
        () => openVault(),
        () => 1,
      );
      const wake = (model: string | null = "small") => {
        const memory = openMemory(storage, cells, () => model);
        memory.open();
        return memory;
      };
      const ask = (memory: ReturnType<typeof wake>) =>
        memory.answer(
          { question: "My dog?", persona: "Mara", budget: 35, factBudget: 0, ratio: 1, now: 9, window: null },
          DOG,
        ).ranked;
      const memory = wake();
      await memory.check(original);
      const said = memory.unembedded(10);
      expect(said).toHaveLength(SAID.length);
      memory.embed(
        said,
        said.map(({ body }) => (body.includes("spaniel") ? DOG : OTHER)),
      );
      expect(memory.unembedded(10)).toEqual([]);
      expect(ask(memory)).toEqual([ID + 1]);
      expect(ask(wake())).toEqual([ID + 1]);
      memory.forgetMessages([ID + 1]);
      expect(JSON.stringify(storage.sql.exec("SELECT body FROM vectors").toArray())).not.toContain(
        String(ID + 1),
      );
      expect(wake("another").unembedded(10)).toHaveLength(SAID.length - 1);
    });
  });

  it("keeps nothing of what was forgotten while it had none", async () => {
    await runInDurableObject(env.MEMORIES.getByName("without"), async (_, { storage }) => {
      const cells = openCells(
        () => openVault(),
        () => 1,
      );
      const memory = openMemory(storage, cells, () => "small");
      memory.open();
      await memory.check(original);
      const said = memory.unembedded(10);
      memory.embed(
        said,
        said.map(() => DOG),
      );
      const off = openMemory(storage, cells);
      off.open();
      off.forgetMessages([ID + 1]);
      expect(storage.sql.exec("SELECT * FROM vectors").toArray()).toEqual([]);
    });
  });
});
