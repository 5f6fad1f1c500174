import { deflateRawSync } from "node:zlib";

import type { Conversation, Message, Persona } from "../db/schema";
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, conversationLine, messageLine, personaLine } from "./archive";
import { zipWriter } from "./zip";

/** A page of an account's export, as `identity/export` gives it. */
type Page = { type: string; rows: object[] };
type Card = { personaId: number; card: string };
type Tag = { id: number; kind: string; name: string };
type File = { id: number; personaId: number; path: string | null; data: string };

/** What archives ask of the database beside the pages. */
type Asked = {
  /** What was left out of these conversations when they were brought in, as JSON by their ids. */
  rawOf: (ids: number[]) => Promise<Map<number, unknown[]>>;
  baseOf: (conversationId: number) => number;
};

/**
 * An account as a ZIP of JSON Lines that can be brought in again, an entry for each page. The last entry says whether that was
 * all (`end.json`), or where the next archive goes on (`continue.json`).
 */
export async function* archiveOf(pages: AsyncIterable<Page>, asked: Asked): AsyncGenerator<Uint8Array> {
  const zip = zipWriter((bytes) => deflateRawSync(bytes));
  const lines = archiveLines(asked);
  const entry = (name: string, text: string) => zip.add(name, Buffer.from(text));
  const counts: Record<string, number> = {};
  let [number, last] = [0, "end.json"];
  let cursor: object = {};
  yield entry("archive.json", JSON.stringify({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION }));
  for await (const { type, rows } of pages) {
    if (type === "continue") [last, cursor] = ["continue.json", rows[0] ?? {}];
    else {
      const made = (await lines.take(type, rows)).map((line) => `${JSON.stringify(line)}\n`);
      if (made.length === 0) continue;
      counts[type] = (counts[type] ?? 0) + rows.length;
      yield entry(`${String(++number).padStart(4, "0")}-${type}s.jsonl`, made.join(""));
    }
  }
  const rest = lines.rest().map((line) => `${JSON.stringify(line)}\n`);
  if (rest.length > 0) yield entry(`${String(++number).padStart(4, "0")}-conversations.jsonl`, rest.join(""));
  yield entry(last, JSON.stringify({ ...cursor, counts }));
  yield zip.end();
}

/** Puts each conversation before its messages, and numbers in the place of ids. */
function archiveLines({ rawOf, baseOf }: Asked) {
  const personas: Persona[] = [];
  const numbers = new Map<number, number>();
  const names = new Map<number, string>();
  let waiting: { row: Conversation; raw: unknown[] }[] = [];
  let conversations = 0;
  const numberOf = (personaId: number) => numbers.get(personaId) ?? 0;

  function* headsUpTo(id: number): Generator<object> {
    for (let next = waiting[0]; next && next.row.id <= id; next = waiting[0]) {
      waiting = waiting.slice(1);
      const { row, raw } = next;
      const persona = numberOf(row.personaId);
      yield conversationLine(row, ++conversations, persona, baseOf(row.id), raw, namesIn(row));
    }
  }
  function* withHeads(rows: Message[]): Generator<object> {
    for (const row of rows) {
      yield* headsUpTo(row.conversationId);
      yield messageLine(row, baseOf(row.conversationId));
    }
  }
  const nameOf = (id: number | null) => names.get(id ?? 0) ?? null;
  const namesIn = ({ folderId, tagIds }: Conversation) => ({
    folder: nameOf(folderId),
    tags: tagIds.map(nameOf).filter((name) => name !== null),
  });
  const named = (persona: Persona) => {
    personas.push(persona);
    numbers.set(persona.id, personas.length);
    return personaLine({ ...persona }, personas.length);
  };

  return {
    async take(type: string, rows: object[]): Promise<object[]> {
      switch (type) {
        case "persona":
          return (rows as Persona[]).map(named);
        case "persona_card":
          return (rows as Card[]).map(({ personaId, card }) => ({
            type,
            persona: numberOf(personaId),
            card,
          }));
        case "persona_file":
          return (rows as File[]).map(({ id, personaId, path, data }) => {
            const { avatarId } = personas[numberOf(personaId) - 1] ?? {};
            return { type, persona: numberOf(personaId), path, is_avatar: id === avatarId, data };
          });
        case "conversation": {
          const before = [...headsUpTo(Infinity)];
          const raw = await rawOf((rows as Conversation[]).map(({ id }) => id));
          waiting = (rows as Conversation[]).map((row) => ({ row, raw: raw.get(row.id) ?? [] }));
          return before;
        }
        case "message":
          return [...withHeads(rows as Message[])];
        case "tag":
          for (const { id, name } of rows as Tag[]) names.set(id, name);
          return [];
        case "share":
        case "session":
        case "api_key":
          return [];
        default:
          return rows.map((row) => ({ type, ...row }));
      }
    },
    rest: () => [...headsUpTo(Infinity)],
  };
}
