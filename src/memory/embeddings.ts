import type { Config } from "../env";

/** What a text means, as a direction: whole numbers from -127 to 127. */
export type Vector = Int8Array;

/** Turns texts into what they mean. `name` is the model's: vectors of two models say nothing of each other. */
export type Embedder = {
  name: string;
  embed: (texts: string[], signal: AbortSignal) => Promise<Vector[]>;
};

/** The part of Workers AI that embeds (developers.cloudflare.com/workers-ai/models: text embeddings). */
export type WorkersAi = { run: (model: string, input: { text: string[] }) => Promise<unknown> };

/** More directions than this are left out: what is kept of a message is so many bytes. */
export const DIMENSIONS = 384;
/** A text is embedded by its beginning. Characters. */
const LONGEST = 4000;

type Terms = Pick<Config, "EMBEDDINGS" | "EMBEDDINGS_MODEL" | "EMBEDDINGS_KEY">;

/** What embeds as the configuration says: a model of Workers AI by its binding, an endpoint of OpenAI's shape, or nothing. */
export function embedderOf(
  { EMBEDDINGS, EMBEDDINGS_MODEL, EMBEDDINGS_KEY }: Terms,
  ai?: WorkersAi,
): Embedder | null {
  if (EMBEDDINGS === "off") return null;
  if (!EMBEDDINGS.startsWith("@")) return endpoint(EMBEDDINGS, EMBEDDINGS_MODEL, EMBEDDINGS_KEY);
  return ai ? binding(ai, EMBEDDINGS) : null;
}

/** An embedder gave no answer of its shape, or none at all: in a word for the log. */
export class NoVectors extends Error {
  override readonly name = "NoVectors";
}

const endpoint = (url: string, model: string, key: string | undefined): Embedder => ({
  name: model,
  async embed(texts, signal) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        ...(key && { Authorization: `Bearer ${key}` }),
        "Content-Type": "application/json",
        "User-Agent": "digital-persona-platform",
      },
      body: JSON.stringify({ model, input: texts.map(shortened), encoding_format: "float" }),
      signal,
      redirect: "manual",
    });
    if (response.ok) return readVectors(listOf(await response.json().catch(() => null)), texts.length);
    await response.body?.cancel();
    throw new NoVectors(String(response.status));
  },
});

/** `{data: [{index, embedding}]}` (OpenAI's API reference, embeddings), in the order of the texts. */
function listOf(answer: unknown): unknown[] {
  const { data } = Object(answer) as { data?: unknown };
  if (!Array.isArray(data)) throw new NoVectors("unreadable");
  const items = data.map((item) => Object(item) as { index?: unknown; embedding?: unknown });
  return items.toSorted((a, b) => Number(a.index) - Number(b.index)).map(({ embedding }) => embedding);
}

const binding = (ai: WorkersAi, model: string): Embedder => ({
  name: model,
  async embed(texts) {
    const { data } = Object(await ai.run(model, { text: texts.map(shortened) })) as { data?: unknown };
    return readVectors(Array.isArray(data) ? data : [], texts.length);
  },
});

const shortened = (text: string) => text.slice(0, LONGEST).toWellFormed() || " ";

function readVectors(lists: unknown[], count: number): Vector[] {
  const isVector = (list: unknown) =>
    Array.isArray(list) && list.length > 0 && list.every((value) => Number.isFinite(value));
  if (lists.length !== count || !lists.every(isVector)) throw new NoVectors("unreadable");
  return (lists as number[][]).map(toVector);
}

/** As long as it may be: only the direction says something. */
function toVector(list: number[]): Vector {
  const kept = list.slice(0, DIMENSIONS);
  const most = Math.max(...kept.map(Math.abs)) || 1;
  return Int8Array.from(kept, (value) => Math.round((127 * value) / most));
}

/** How alike two texts are in what they mean: the cosine of their angle, -1 to 1. */
export function likeness(a: Vector, b: Vector): number {
  let [product, first, second] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    product += x * y;
    first += x * x;
    second += y * y;
  }
  return product / (Math.sqrt(first * second) || 1);
}
