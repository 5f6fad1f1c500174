import { createHmac } from "node:crypto";

import { conversationOfMessage } from "../../db/messages";
import type { Cells } from "../cells";
import type { Disk } from "../store";
import type { Said } from "../message";
import { wordsIn } from "../words";
import { findFacts } from "./extract";
import type { FactKind, Reading } from "./fact";

/** Something that is known of the user. Times in milliseconds. */
export type Fact = {
  id: number;
  kind: FactKind;
  text: string;
  /** The messages that said so; none where the user told it apart from them. */
  sourceIds: number[];
  /** Who found it. */
  origin: "user" | "rule" | "model";
  pinned: boolean;
  /** Nobody has confirmed it yet: it is shown, and not used. */
  suggested: boolean;
  at: number;
  editedAt: number | null;
  /** What it is about, as a hash that says nothing of it: a newer one takes its place. */
  about: string;
  /** Since when it holds no more, and which took its place. */
  until: number | null;
  supersededBy: number | null;
};
export type FactChanges = Partial<Pick<Fact, "text" | "kind" | "pinned">>;

const TABLES = `
CREATE TABLE IF NOT EXISTS facts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, about TEXT NOT NULL, until INTEGER, superseded_by INTEGER, rest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refused (hash TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS secret (value TEXT NOT NULL);
`;

type Row = { id: number; about: string; until: number | null; superseded_by: number | null; rest: string };
type Rest = Omit<Fact, "id" | "about" | "until" | "supersededBy">;

/** More facts than this nobody looks through. */
export const MAX_FACTS = 2000;

export type FactStore = ReturnType<typeof openFacts>;

/** A fact that is in the user's own hands: nothing that is learnt changes it. */
const isOwned = ({ origin, pinned, editedAt }: Fact) => origin === "user" || pinned || editedAt !== null;
/** A fact in the user's own wording: no message has to vouch for it. */
const isOwnWords = ({ origin, editedAt }: Fact) => origin === "user" || editedAt !== null;

/** The facts that an object keeps, and which of them are never to come back. */
export function openFacts({ sql }: Pick<Disk, "sql">, cells: Cells) {
  /** As the disk has them. */
  const facts = new Map<number, Fact>();
  const select = (which: (fact: Fact) => boolean) => [...facts.values()].filter(which);

  function load(): void {
    facts.clear();
    for (const { id, about, until, superseded_by: supersededBy, rest } of sql.exec<Row>(
      "SELECT * FROM facts",
    ))
      facts.set(id, {
        ...(JSON.parse(cells.open("facts", id, rest)) as Rest),
        id,
        about,
        until,
        supersededBy,
      });
  }

  function save(fact: Fact): Fact {
    const { id, about, until, supersededBy, ...rest } = fact;
    const sealed = cells.seal("facts", id, JSON.stringify(rest));
    sql.exec("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", id, about, until, supersededBy, sealed);
    facts.set(id, fact);
    return fact;
  }

  /** A number that no fact has had: what is sealed is bound to it. */
  const nextId = () =>
    (sql.exec<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'facts'").toArray()[0]?.seq ??
      0) + 1;
  const insert = (fact: Omit<Fact, "id">) => save({ ...fact, id: nextId() });
  const isFull = () => facts.size >= MAX_FACTS;

  /** A newer fact about the same thing takes the older one's place, which stays to be seen. */
  function add(fact: Omit<Fact, "id">): void {
    const known = select(({ about }) => about === fact.about);
    const same = known.find(({ text }) => text === fact.text);
    const holder = known.find(({ until }) => until === null);
    if (same) addSources(same, fact.sourceIds);
    else if (isFull()) return;
    else if (!holder) insert(fact);
    else if (isOwned(holder)) return;
    else if (holder.at > fact.at) insert({ ...fact, until: holder.at, supersededBy: holder.id });
    else save({ ...holder, until: fact.at, supersededBy: insert(fact).id });
  }

  function addSources(fact: Fact, ids: number[]): void {
    const sourceIds = [...new Set([...fact.sourceIds, ...ids])];
    if (sourceIds.length > fact.sourceIds.length) save({ ...fact, sourceIds });
  }

  /** It leaves; what it had taken the place of holds again. */
  function remove(fact: Fact): void {
    sql.exec("DELETE FROM facts WHERE id = ?", fact.id);
    facts.delete(fact.id);
    for (const older of select(({ supersededBy }) => supersededBy === fact.id))
      save({ ...older, until: fact.until, supersededBy: fact.supersededBy });
  }

  function secret(): string {
    const [known] = sql.exec<{ value: string }>("SELECT value FROM secret").toArray();
    const value = known?.value ?? crypto.randomUUID();
    if (!known) sql.exec("INSERT INTO secret VALUES (?)", value);
    return value;
  }
  const hashOf = (...parts: string[]) =>
    createHmac("sha256", secret()).update(parts.join("\n")).digest("base64url");
  const isRefused = (hash: string) =>
    sql.exec("SELECT 1 FROM refused WHERE hash = ?", hash).toArray().length > 0;
  const deny = (hash: string) => sql.exec("INSERT OR IGNORE INTO refused VALUES (?)", hash);

  /** By which a model's note is known again in other forms of its words, or by the names in it. */
  function keysOf({ kind, text }: Pick<Fact, "kind" | "text">): string[] {
    const names = namesIn(text);
    return [wordsKeyOf({ text }), ...(names ? [hashOf("names", kind, names)] : [])];
  }
  const wordsKeyOf = ({ text }: Pick<Fact, "text">) => hashOf("words", sayingOf(text));

  /** A model's note takes the place of an older fact, or stands beside the others; never of what the user has in hand. */
  function note({ kind, text, sourceIds, at, replaces }: Reading): void {
    if (keysOf({ kind, text }).some(isRefused)) return;
    const holding = select(({ until }) => until === null);
    const same = holding.find((fact) => wordsIn(text).isSubsetOf(wordsIn(fact.text)));
    if (same) return isOwned(same) ? undefined : addSources(same, sourceIds);
    const old = replaces && holding.find(({ id }) => id === replaces.id);
    if (isFull() || (replaces && (!old || isOwned(old) || old.at > at))) return;
    const about = old ? old.about : hashOf("note", sayingOf(text));
    const suggested = old ? old.suggested : isTaste(kind);
    const made = insert({ ...NEW, kind, about, text, sourceIds, origin: "model", suggested, at });
    if (old && replaces) save({ ...old, until: Math.max(old.at, replaces.until), supersededBy: made.id });
  }

  return {
    /** To be called before anything else. */
    open: () => void sql.exec(TABLES),
    load,
    /** All that hold, pinned first, then the newest; with those that held once, where they are wanted. */
    list: ({ past = false } = {}): Fact[] =>
      select(({ until }) => past || until === null).toSorted(
        (a, b) => Number(b.pinned) - Number(a.pinned) || b.at - a.at || b.id - a.id,
      ),
    /** Finds by rule what the user says of themselves. */
    learn({ id, role, at, body }: Said): void {
      if (role !== "user") return;
      for (const { kind, key, text } of findFacts(body)) {
        const about = hashOf(key);
        if (isRefused(hashOf(about, text))) continue;
        add({ ...NEW, kind, about, text, sourceIds: [id], origin: "rule", suggested: isTaste(kind), at });
      }
    },
    note,
    isOwned,
    /** The user tells one; null where there are too many already. */
    tell: (kind: FactKind, text: string, pinned: boolean, at: number): Fact | null =>
      isFull()
        ? null
        : insert({
            ...NEW,
            kind,
            about: hashOf(crypto.randomUUID()),
            text,
            sourceIds: [],
            origin: "user",
            pinned,
            at,
          }),
    /** The user changes or confirms one. Undefined where there is none. */
    change(id: number, changes: FactChanges, at: number): Fact | undefined {
      const fact = facts.get(id);
      if (!fact) return undefined;
      const isEdit = changes.text !== undefined && changes.text !== fact.text;
      // No model brings the words back that were not right.
      if (isEdit) deny(wordsKeyOf(fact));
      return save({ ...fact, ...changes, suggested: false, editedAt: isEdit ? at : fact.editedAt });
    },
    /** The user wants one forgotten: the same words never make it again. False where there is none. */
    refuse(id: number): boolean {
      const fact = facts.get(id);
      if (!fact) return false;
      [hashOf(fact.about, fact.text), ...keysOf(fact)].forEach(deny);
      remove(fact);
      return true;
    },
    /** Those in which the facts were told. */
    conversations: () =>
      new Set([...facts.values()].flatMap(({ sourceIds }) => sourceIds.map(conversationOfMessage))),
    /** Some messages were never said: what only they said goes with them. */
    retract(isGone: (id: number) => boolean): void {
      for (const { id } of select(() => true)) {
        const fact = facts.get(id);
        const left = fact?.sourceIds.filter((id) => !isGone(id)) ?? [];
        if (!fact || left.length === fact.sourceIds.length) continue;
        if (left.length > 0 || isOwnWords(fact)) save({ ...fact, sourceIds: left });
        else remove(fact);
      }
    },
    clear(): void {
      sql.exec("DELETE FROM facts");
      facts.clear();
    },
  };
}

/** They change, and are often said in passing. */
const isTaste = (kind: FactKind) => kind === "like" || kind === "dislike";

/** What a text says, whatever the order and the forms of its words. */
const sayingOf = (text: string) => [...wordsIn(text)].toSorted().join(" ");

/** The names and numbers in a text: what its first word's capital stands for nobody knows. */
function namesIn(text: string): string {
  const found = [...text.matchAll(/(?<!^)(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}'’-]+|\d+)/gu)];
  return [...wordsIn(found.join(" "))].toSorted().join(" ");
}

const NEW = { pinned: false, suggested: false, editedAt: null, until: null, supersededBy: null };
