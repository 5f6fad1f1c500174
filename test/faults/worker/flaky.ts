import type { Env } from "../../../src/env";
import type { PersonaMemory } from "../../../src/memory/object";
import type { Trouble } from "../trouble";

/** A memory that can be made to lose what it has in mind, as an eviction does. */
export type Memory = PersonaMemory & { evict(): void };

const troubles = new Map<string, Trouble>();
const NONE: Trouble = { calls: 0 };

export const makeTrouble = (conversation: string, trouble: Omit<Trouble, "calls">) =>
  void troubles.set(conversation, { ...trouble, calls: 0 });
export const troubleOf = (conversation: string): Trouble => troubles.get(conversation) ?? NONE;

/** The Worker's bindings, with the trouble of one conversation in them. */
export const flakyEnv = (env: Env, conversation: string): Env => ({
  ...env,
  DB: flakyDatabase(env.DB, conversation),
  MEMORIES: flakyMemories(env.MEMORIES as DurableObjectNamespace<Memory>, conversation),
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

/** Memories as one conversation finds them. A stub's methods are made when they are called: nothing of it may be bound. */
function flakyMemories(
  memories: DurableObjectNamespace<Memory>,
  conversation: string,
): DurableObjectNamespace<Memory> {
  const flaky = (stub: DurableObjectStub<Memory>) =>
    new Proxy(stub, {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          unlessForgetful(conversation, stub, () => (Reflect.get(stub, name) as Method)(...args)),
    });
  return wrap(memories, (method, name) =>
    name === "get" ? (...args) => flaky(method(...args) as DurableObjectStub<Memory>) : method,
  );
}

async function unlessForgetful(
  conversation: string,
  memory: DurableObjectStub<Memory>,
  run: () => unknown,
): Promise<unknown> {
  const fault = troubleOf(conversation).memory;
  if (fault === "down") throw new Error("The memory is down.");
  if (fault === "silent") return new Promise(() => {});
  if (fault === "evicted") await memory.evict().catch(() => undefined);
  return run();
}
