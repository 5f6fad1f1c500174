/**
 * The Worker as it is deployed, behind bindings that note every round trip and can be made slow. `PUT /bench/delay/{ms}`
 * puts that long in front of every call to D1; `GET /bench/trace` tells what was called since the last time, in order, and
 * what the objects wrote: a row for each key and each alarm, those that a statement of SQL says, a commit for all that is
 * written in one go. What a conversation's object did bears its id, what others did their kind's name.
 */
import app, { LiveConversation as Live, PersonaMemory as Memory, SearchIndex as Index } from "./index.js";

export { Eraser, Importer } from "./index.js";

let trace = [];
let delay = 0;

async function noted(what, call, object) {
  const entry = { what, object, statements: 0, rowsRead: 0, rowsWritten: 0 };
  trace.push(entry);
  if (delay > 0 && what.startsWith("d1")) await scheduler.wait(delay);
  const result = await call();
  for (const { meta } of [result].flat()) {
    if (!meta) continue;
    entry.statements += 1;
    entry.rowsRead += meta.rows_read;
    entry.rowsWritten += meta.rows_written;
  }
  return result;
}

function statement(inner, object) {
  const all = () => noted("d1", () => inner.all(), object);
  return {
    inner,
    bind: (...values) => statement(inner.bind(...values), object),
    all,
    run: () => noted("d1", () => inner.run(), object),
    // Only `all` says how many rows were read, and only `raw` keeps columns of one name apart.
    raw: async () => {
      let rows;
      await noted(
        "d1",
        async () => {
          rows = await inner.raw();
          return inner.all();
        },
        object,
      );
      return rows;
    },
    first: async (column) => {
      const row = (await all()).results[0] ?? null;
      return column === undefined || row === null ? row : row[column];
    },
  };
}

const database = (db, object) => ({
  prepare: (sql) => statement(db.prepare(sql), object),
  batch: (statements) => noted("d1", () => db.batch(statements.map(({ inner }) => inner)), object),
});

const cache = (kv) =>
  Object.fromEntries(
    ["get", "put", "delete", "list"].map((verb) => [
      verb,
      (...input) => noted(`kv ${verb}`, () => kv[verb](...input)),
    ]),
  );

/** Notes what an object writes into its storage. */
function watchStorage(storage, object) {
  let commit = null;
  const note = (what, rowsWritten = 1) => {
    trace.push({ what, object, rowsWritten });
    if (commit) return;
    trace.push({ what: "commit", object });
    commit = setTimeout(() => (commit = null));
  };
  const watch = (target, verb, what) => {
    const original = target[verb].bind(target);
    target[verb] = (...input) => {
      note(what);
      return original(...input);
    };
  };
  watch(storage.kv, "put", "object put");
  watch(storage.kv, "delete", "object delete");
  watch(storage, "deleteAll", "object delete all");
  watch(storage, "setAlarm", "alarm");
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  sql.exec = (...input) => {
    const cursor = exec(...input);
    if (cursor.rowsWritten > 0) note("object sql", cursor.rowsWritten);
    return cursor;
  };
}

const wrap = (env, object) => ({ ...env, DB: database(env.DB, object), CONTEXT: cache(env.CONTEXT) });
let wrapped;

const realFetch = globalThis.fetch;
globalThis.fetch = async (...input) => {
  trace.push({ what: "upstream asked" });
  const response = await realFetch(...input);
  let silent = true;
  const listen = new TransformStream({
    transform(bytes, controller) {
      if (silent) trace.push({ what: "first token" });
      silent = false;
      controller.enqueue(bytes);
    },
  });
  return new Response(response.body.pipeThrough(listen), response);
};

export class LiveConversation extends Live {
  constructor(ctx, env) {
    watchStorage(ctx.storage, ctx.id.name);
    super(ctx, wrap(env, ctx.id.name));
  }

  fetch(request) {
    trace.push({ what: "object request", object: this.ctx.id.name });
    return super.fetch(request);
  }

  alarm() {
    trace.push({ what: "object request", object: this.ctx.id.name });
    return super.alarm();
  }
}

/** A class of which these calls, and all that it writes, are noted under a name. */
function watched(name, Class, calls) {
  class Watched extends Class {
    constructor(ctx, env) {
      watchStorage(ctx.storage, name);
      super(ctx, wrap(env, name));
    }
  }
  for (const call of calls)
    Watched.prototype[call] = function (...input) {
      trace.push({ what: "object request", object: name });
      return Class.prototype[call].apply(this, input);
    };
  return Watched;
}
export const PersonaMemory = watched("memory", Memory, ["warm", "learn", "follow", "recall"]);
export const SearchIndex = watched("search", Index, ["changed", "review", "find"]);

export default {
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/bench/")) {
      trace.push({ what: "request" });
      return app.fetch(request, (wrapped ??= wrap(env)), ctx);
    }
    const answer = trace;
    if (pathname === "/bench/trace") trace = [];
    else delay = Number(pathname.split("/").at(-1));
    return Response.json(answer);
  },
};
