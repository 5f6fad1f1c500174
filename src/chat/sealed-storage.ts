import type { SealedBytes, Vault } from "../db/vault";

/**
 * An object's storage, whose values are sealed for their user where there is a key. What was written before there was one, or
 * by `putPlain`, is read as it is.
 * @param object whose storage it is: what is sealed here opens in no other's
 */
export function sealedStorage(kv: SyncKvStorage, vault: () => Vault, object: string) {
  const placeOf = (name: string, userId: number) => ({ userId, table: "object", row: object, column: name });

  function open(name: string, stored: unknown): unknown {
    if (!isSealed(stored)) return stored;
    return JSON.parse(vault().openBytes(placeOf(name, stored.userId), stored), revive);
  }

  return {
    /** @throws AppError `misconfigured` where its key is missing, `unreadable` */
    get(name: string): unknown {
      const stored = kv.get(name);
      return stored === undefined ? undefined : open(name, stored);
    },
    list: (prefix: string): [name: string, value: unknown][] =>
      Array.from(kv.list({ prefix }), ([name, stored]) => [name, open(name, stored)]),
    names: (prefix: string) => Array.from(kv.list({ prefix }), ([name]) => name),
    put(name: string, userId: number, value: object): void {
      const text = vault().sealsWith === null ? null : JSON.stringify(value, replace);
      kv.put(name, (text !== null && vault().sealBytes(placeOf(name, userId), text)) || value);
    },
    /** Keeps what names nobody's words. */
    putPlain: (name: string, value: unknown) => kv.put(name, value),
    delete: (name: string) => kv.delete(name),
  };
}

const isSealed = (stored: unknown): stored is SealedBytes =>
  typeof stored === "object" && stored !== null && "sealed" in stored;

/** JSON with times: one becomes an object of one field, which nothing else here looks like. */
const TIME = "$time";
function replace(this: Record<string, unknown>, field: string, value: unknown): unknown {
  const given = this[field];
  return given instanceof Date ? { [TIME]: given.getTime() } : value;
}
const revive = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && TIME in value ? new Date(value[TIME] as number) : value;
