import { createHmac } from "node:crypto";

import type { Said } from "../index";
import { findFacts } from "./extract";
import type { FactKind } from "./fact";

export type Origin = "user" | "rule" | "model";

/** Something that is known of the user. Times in milliseconds. */
export type Fact = {
  id: number;
  kind: FactKind;
  /** What it is about: a newer one takes its place. */
  key: string;
  text: string;
  /** The messages that said so; none where the user told it apart from them. */
  sourceIds: number[];
  origin: Origin;
  pinned: boolean;
  /** Nobody has confirmed it yet: it is shown, and not used. */
  suggested: boolean;
  at: number;
  /** Since when it holds no more. */
  until: number | null;
  supersededBy: number | null;
  editedAt: number | null;
};

const TABLES = `
CREATE TABLE IF NOT EXISTS facts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, source_ids TEXT NOT NULL,
  origin TEXT NOT NULL, pinned INTEGER NOT NULL, suggested INTEGER NOT NULL, at INTEGER NOT NULL, until INTEGER,
  superseded_by INTEGER, edited_at INTEGER);
CREATE TABLE IF NOT EXISTS refused (hash TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS secret (value TEXT NOT NULL);
`;

type Row = {
  id: number;
  kind: FactKind;
  key: string;
  text: string;
  source_ids: string;
  origin: Origin;
  pinned: number;
  suggested: number;
  at: number;
  until: number | null;
  superseded_by: number | null;
  edited_at: number | null;
};

const toFact = (row: Row): Fact => ({
  id: row.id,
  kind: row.kind,
  key: row.key,
  text: row.text,
  sourceIds: JSON.parse(row.source_ids) as number[],
  origin: row.origin,
  pinned: row.pinned === 1,
  suggested: row.suggested === 1,
  at: row.at,
  until: row.until,
  supersededBy: row.superseded_by,
  editedAt: row.edited_at,
});

export type FactStore = ReturnType<typeof openFacts>;

/** A fact that is in someone's own hands: nothing that is learnt changes it. */
const isOwned = ({ origin, pinned, editedAt }: Fact) => origin === "user" || pinned || editedAt !== null;

/** A fact in the user's own wording: no message has to vouch for it. */
const isOwnWords = ({ origin, editedAt }: Fact) => origin === "user" || editedAt !== null;

/** The facts that an object keeps, and which of them are never to come back. */
export function openFacts({ sql }: DurableObjectStorage) {
  sql.exec(TABLES);
  const select = (where: string, ...values: (number | string)[]) =>
    sql
      .exec<Row>(`SELECT * FROM facts ${where}`, ...values)
      .toArray()
      .map(toFact);
  const holding = (key: string) => select("WHERE key = ? AND until IS NULL ORDER BY id DESC", key);

  function save(fact: Fact): void {
    sql.exec(
      "UPDATE facts SET kind = ?, text = ?, source_ids = ?, pinned = ?, suggested = ?, until = ?, superseded_by = ?, edited_at = ? WHERE id = ?",
      fact.kind,
      fact.text,
      JSON.stringify(fact.sourceIds),
      Number(fact.pinned),
      Number(fact.suggested),
      fact.until,
      fact.supersededBy,
      fact.editedAt,
      fact.id,
    );
  }

  function insert(fact: Omit<Fact, "id">): Fact {
    const { id } = sql
      .exec<{ id: number }>(
        "INSERT INTO facts (kind, key, text, source_ids, origin, pinned, suggested, at, until, superseded_by, edited_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        fact.kind,
        fact.key,
        fact.text,
        JSON.stringify(fact.sourceIds),
        fact.origin,
        Number(fact.pinned),
        Number(fact.suggested),
        fact.at,
        fact.until,
        fact.supersededBy,
        fact.editedAt,
      )
      .one();
    return { ...fact, id };
  }

  /** A newer fact about the same thing takes the older one's place, which stays to be seen. */
  function add(fact: Omit<Fact, "id">): void {
    const [holder] = holding(fact.key);
    const same = holder && holder.text === fact.text ? holder : undefined;
    if (same) return save({ ...same, sourceIds: [...new Set([...same.sourceIds, ...fact.sourceIds])] });
    if (!holder) return void insert(fact);
    if (isOwned(holder) && fact.origin !== "user") return;
    if (holder.at > fact.at) return void insert({ ...fact, until: holder.at, supersededBy: holder.id });
    const { id } = insert(fact);
    save({ ...holder, until: fact.at, supersededBy: id });
  }

  /** It leaves; what it had taken the place of holds again. */
  function remove(fact: Fact): void {
    sql.exec("DELETE FROM facts WHERE id = ?", fact.id);
    for (const older of select("WHERE superseded_by = ?", fact.id))
      save({ ...older, until: fact.until, supersededBy: fact.supersededBy });
  }

  const secret = () => {
    const [known] = sql.exec<{ value: string }>("SELECT value FROM secret").toArray();
    if (known) return known.value;
    const value = crypto.randomUUID();
    sql.exec("INSERT INTO secret VALUES (?)", value);
    return value;
  };
  const hashOf = (key: string, text: string) =>
    createHmac("sha256", secret()).update(`${key}\n${text}`).digest("base64url");
  const isRefused = (key: string, text: string) =>
    sql.exec("SELECT 1 FROM refused WHERE hash = ?", hashOf(key, text)).toArray().length > 0;

  return {
    /** All that hold, pinned first, then the newest; with those that held once, where they are wanted. */
    list: ({ past = false } = {}): Fact[] =>
      select(
        `${past ? "" : "WHERE until IS NULL"} ORDER BY pinned DESC, until IS NULL DESC, at DESC, id DESC`,
      ),
    get: (id: number): Fact | undefined => select("WHERE id = ?", id)[0],
    /** Finds by rule what the user says of themselves. */
    learn({ id, role, at, body }: Said): void {
      if (role !== "user") return;
      for (const { kind, key, text } of findFacts(body)) {
        if (isRefused(key, text)) continue;
        const suggested = kind === "like" || kind === "dislike";
        add({ ...UNTOUCHED, kind, key, text, sourceIds: [id], origin: "rule", suggested, at });
      }
    },
    /** The user tells one. */
    tell(kind: FactKind, text: string, pinned: boolean, at: number): Fact {
      return insert({
        ...UNTOUCHED,
        kind,
        key: `told:${crypto.randomUUID()}`,
        text,
        sourceIds: [],
        origin: "user",
        pinned,
        suggested: false,
        at,
      });
    },
    /** The user changes one: what they wrote is theirs. Undefined where there is none. */
    change(
      id: number,
      changes: Partial<Pick<Fact, "text" | "kind" | "pinned" | "suggested">>,
      at: number,
    ): Fact | undefined {
      const [fact] = select("WHERE id = ?", id);
      if (!fact) return undefined;
      const isEdit = changes.text !== undefined && changes.text !== fact.text;
      const changed = { ...fact, ...changes, suggested: false, editedAt: isEdit ? at : fact.editedAt };
      save(changed);
      return changed;
    },
    /** The user wants one forgotten: the same words never make it again. False where there is none. */
    refuse(id: number): boolean {
      const [fact] = select("WHERE id = ?", id);
      if (!fact) return false;
      sql.exec("INSERT OR IGNORE INTO refused VALUES (?)", hashOf(fact.key, fact.text));
      remove(fact);
      return true;
    },
    /** These messages were never said: what only they said goes with them. */
    retract(ids: number[]): void {
      const gone = new Set(ids);
      for (const fact of select("WHERE source_ids <> '[]'")) {
        const left = fact.sourceIds.filter((id) => !gone.has(id));
        if (left.length === fact.sourceIds.length) continue;
        if (left.length > 0 || isOwnWords(fact)) save({ ...fact, sourceIds: left });
        else remove(fact);
      }
    },
    clear: () => void sql.exec("DELETE FROM facts"),
  };
}

const UNTOUCHED = { pinned: false, until: null, supersededBy: null, editedAt: null };
