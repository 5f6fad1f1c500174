import { Column, getTableColumns, is, Param, Placeholder, SQL, sql, type GetColumnData } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

import type { Database } from "./client";

type Query = BatchItem<"sqlite">;
type Result<Q extends Query> = Q["_"]["result"];

/** What drizzle makes of a query once: its text, what is to be bound, and how rows are read. */
type Prepared<R> = {
  getQuery: () => { sql: string; params: unknown[] };
  mapResult: (response: unknown, isFromBatch: boolean) => R;
  stmt: D1PreparedStatement;
  fields?: Field[];
  customResultMapper?: (rows: unknown[][]) => unknown;
};
/** A field of a result: where it stands in the row that is given, and what reads it. */
type Field = { path: string[]; field: Column | SQL | SQL.Aliased };
const preparedOf = <Q extends Query>(query: Q) =>
  (query as unknown as { _prepare: () => Prepared<Result<Q>> })._prepare();

/** Gives what is bound in one place of a query. */
type Place = (values: Record<string, unknown>) => unknown;
type Built<R> = { query: Prepared<R>; text: string; places: Place[] };

function builtOf<Q extends Query>(build: Q): Built<Result<Q>> {
  const query = preparedOf(build);
  if (query.fields) query.customResultMapper = mapperOf(query.fields);
  const { sql: text, params } = query.getQuery();
  return { query, text, places: params.map(placeOf) };
}

type Node = { [name: string]: unknown };

/** Reads rows as drizzle does, but looks once for what reads each field: it does that for every row. */
function mapperOf(fields: Field[]): (rows: unknown[][]) => unknown {
  const readers = fields.map(({ path, field }) => ({ path, decoder: decoderOf(field) }));
  const read = (row: unknown[]) => {
    const result: Node = {};
    for (const [i, { path, decoder }] of readers.entries()) {
      const [first = "", second] = path;
      const given = row[i] === null ? null : decoder.mapFromDriverValue(row[i]);
      if (second === undefined) result[first] = given;
      else ((result[first] ??= {}) as Node)[second] = given;
    }
    return result;
  };
  return (rows) => rows.map(read);
}

type Decoder = { mapFromDriverValue: (value: unknown) => unknown };

function decoderOf(field: Field["field"]): Decoder {
  if (is(field, Column)) return field;
  const expression = is(field, SQL) ? field : field.sql;
  return (expression as unknown as { decoder: Decoder }).decoder;
}

/**
 * A query whose SQL is built once, where `build` writes it with `value(…)` in the place of what changes. Building it costs
 * more than binding it, and a turn waits for that. What it gives is an item for a batch, or awaited by itself.
 */
export function prepared<Q extends Query>(
  build: (db: Database) => Q,
): (db: Database, values: Record<string, unknown>) => Q {
  let known: Built<Result<Q>> | undefined;
  return (db, values) => {
    const { query, text, places } = (known ??= builtOf(build(db)));
    const bound = places.map((place) => place(values));
    const statement = () => db.$client.prepare(text);
    const all = async () =>
      query.mapResult(
        await statement()
          .bind(...bound)
          .raw(),
        false,
      );
    const item = {
      // oxlint-disable-next-line unicorn/no-thenable -- as drizzle's own queries, which it stands for
      then: (...handlers: Parameters<Promise<Result<Q>>["then"]>) => all().then(...handlers),
      _prepare: () => ({
        getQuery: () => ({ sql: text, params: bound }),
        stmt: statement(),
        mapResult: (response: unknown, isFromBatch: boolean) => query.mapResult(response, isFromBatch),
      }),
    };
    return item as unknown as Q;
  };
}

function placeOf(param: unknown): Place {
  if (is(param, Placeholder)) return (values) => values[param.name] ?? null;
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder, value: place } = param;
  return (values) => {
    const given = values[place.name] ?? null;
    return given === null ? null : encoder.mapToDriverValue(given);
  };
}

/** A query that gives these rows, alone or in a batch. */
export type Rows<Row> = RunnableQuery<Row[], "sqlite"> &
  PromiseLike<Row[]> & { toSQL: () => { sql: string; params: unknown[] } };

/** A query whose rows are handed on as `read` makes them. */
export function reading<Q extends Query & PromiseLike<unknown[]>, Row>(
  query: Q,
  read: (row: Result<Q> extends (infer Given)[] ? Given : never) => Row,
): Rows<Row> {
  type Given = Parameters<typeof read>[0];
  const readAll = (rows: unknown) => (rows as Given[]).map((row) => read(row));
  const item = {
    // oxlint-disable-next-line unicorn/no-thenable -- as drizzle's own queries, which it stands for
    then: (...handlers: Parameters<Promise<Row[]>["then"]>) =>
      Promise.resolve(query)
        .then(readAll)
        .then(...handlers),
    toSQL: () => preparedOf(query).getQuery(),
    _prepare() {
      const inner = preparedOf(query);
      const mapResult = (response: unknown, isFromBatch: boolean) =>
        readAll(inner.mapResult(response, isFromBatch));
      return { getQuery: () => inner.getQuery(), stmt: inner.stmt, mapResult };
    },
  };
  return item as unknown as Rows<Row>;
}

/** The place of a value in a query that is prepared; for a column, as that stores it. */
export const value = (name: string, column?: Column) =>
  column ? sql.param(sql.placeholder(name), column) : sql.placeholder(name);

/** The places of several values, by their names. */
export const placesOf = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, unknown>;

/**
 * A table's columns under names of their own: in a batch, columns that share a name would take each other's values. All are
 * null where a join found nothing.
 */
export const aliased = <T extends SQLiteTable>(table: T, prefix: string) =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([field, column]) => [
      field,
      sql`${column}`.mapWith(column).as(`${prefix}_${column.name}`),
    ]),
  ) as { [Field in keyof T["_"]["columns"]]: SQL.Aliased<GetColumnData<T["_"]["columns"][Field]>> };

/** What a join found, if it found anything: all columns are null where it did not. */
export const found = <Row extends { id: number }, Read>(
  row: Row,
  read: (row: Row) => Read,
): Read | undefined => (row.id === null ? undefined : read(row));
