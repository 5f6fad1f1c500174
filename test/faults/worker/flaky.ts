import type { Env } from "../../../src/env";
import type { Trouble } from "../trouble";

const troubles = new Map<string, Trouble>();
const NONE: Trouble = { calls: 0 };

export const makeTrouble = (conversation: string, trouble: Omit<Trouble, "calls">) =>
  void troubles.set(conversation, { ...trouble, calls: 0 });
export const troubleOf = (conversation: string): Trouble => troubles.get(conversation) ?? NONE;

/** The Worker's bindings, with the trouble of one conversation in them. */
export const flakyEnv = (env: Env, conversation: string): Env => ({
  ...env,
  DB: flakyDatabase(env.DB, conversation),
});

type Method = (...args: unknown[]) => unknown;

/** The same object, each of whose methods runs through `around`. */
const wrap = <T extends object>(target: T, around: (method: Method, name: string) => Method): T =>
  new Proxy(target, {
    get(_, name) {
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? around(member.bind(target) as Method, String(name)) : member;
    },
  });

async function fallible(conversation: string, run: () => unknown): Promise<unknown> {
  const trouble = troubleOf(conversation);
  const n = ++trouble.calls;
  const fault = trouble.database;
  if (!fault || (fault.lasting ? n < fault.call : n !== fault.call)) return run();
  if (fault.when === "after") await run();
  throw new Error(fault.message);
}

function flakyDatabase(db: D1Database, conversation: string): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const statement = (original: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = wrap(original, (method, name) =>
      name === "bind"
        ? (...values) => statement(method(...values) as D1PreparedStatement)
        : (...args) => fallible(conversation, () => method(...args)),
    );
    originals.set(wrapped, original);
    return wrapped;
  };
  return wrap(db, (method, name) => {
    if (name === "prepare") return (query) => statement(method(query) as D1PreparedStatement);
    if (name !== "batch") return (...args) => fallible(conversation, () => method(...args));
    return (statements) =>
      fallible(conversation, () =>
        method((statements as D1PreparedStatement[]).map((s) => originals.get(s) ?? s)),
      );
  });
}
