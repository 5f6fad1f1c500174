import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { Disk } from "../../src/memory/store.ts";

/** What a disk that stops says of itself. */
export class Stopped extends Error {}

const WRITES = /^\s*(?:INSERT|DELETE|UPDATE)/;

/** An object's storage that stops before any write it is told to, as a crash does: what no transaction holds back stays. */
export function openDisk() {
  const db = new DatabaseSync(":memory:");
  const statements = new Map<string, StatementSync>();
  const made = new Set<string>();
  let [writes, reads] = [0, 0];
  let stopsAt = Infinity;

  function prepared(query: string): StatementSync {
    const known = statements.get(query) ?? db.prepare(query);
    statements.set(query, known);
    return known;
  }

  function run(query: string, values: (number | string)[]): unknown[] {
    if (/^\s*CREATE/.test(query)) {
      if (!made.has(query)) db.exec(query);
      made.add(query);
      return [];
    }
    if (WRITES.test(query) && ++writes > stopsAt) throw new Stopped();
    const rows = prepared(query).all(...values);
    reads += rows.length;
    return rows;
  }

  const disk = {
    sql: {
      exec: (query: string, ...values: (number | string)[]) => {
        const rows = run(query, values);
        return { toArray: () => rows, [Symbol.iterator]: () => rows[Symbol.iterator]() };
      },
    },
    transactionSync<T>(step: () => T): T {
      prepared("SAVEPOINT step").run();
      try {
        const result = step();
        prepared("RELEASE step").run();
        return result;
      } catch (error) {
        prepared("ROLLBACK TO step").run();
        prepared("RELEASE step").run();
        throw error;
      }
    },
  };
  return {
    disk: disk as unknown as Disk,
    get writes() {
      return writes;
    },
    /** Rows. */
    get reads() {
      return reads;
    },
    /** It takes so many writes more. */
    stopAfter(count: number): void {
      stopsAt = writes + count;
    },
    goOn(): void {
      stopsAt = Infinity;
    },
    /** Nothing is on it. */
    empty(): void {
      if (made.size === 0) return;
      for (const table of [
        "packs",
        "chapters",
        "gone",
        "synced",
        "mark",
        "facts",
        "refused",
        "secret",
        "vectors",
      ])
        prepared(`DELETE FROM ${table}`).run();
      stopsAt = Infinity;
    },
  };
}
