import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

import { AppError } from "../errors";

declare const cell: unique symbol;
/** A text as a row keeps it, sealed or not: only a vault makes one, and only a vault reads it. */
export type Cell = { readonly [cell]: true };

/** A row as the server works with it: its cells are texts. */
export type Opened<Row> = {
  [Field in keyof Row]: Row[Field] extends Cell
    ? string
    : Row[Field] extends Cell | null
      ? string | null
      : Row[Field];
};

/** 32 random bytes each. The first one seals, unless `seals` says that nothing is sealed any more; all of them open. */
export type Keyring = { keys: Uint8Array[]; seals: boolean };

/** Whose text it is and where it stands: sealed there, it opens nowhere else. */
export type Place = { userId: number; table: string; row: number | string; column: string };

/** Bytes, sealed: by which key, for whom, and the nonce, the cipher and its tag. */
export type SealedBytes = { key: string; userId: number; sealed: Uint8Array };

/** The least that AES-GCM's nonce and tag should have (NIST SP 800-38D §5.2.1.1 and §5.2.1.2). Bytes. */
const NONCE = 12;
const TAG = 16;
const CIPHER = "aes-256-gcm";
/** An isolate remembers the keys of so many users. */
const MAX_USER_KEYS = 10_000;

/** `enc1:key:data`; `enc0:` stands before a text that is not sealed and begins like one of the two. */
const SEALED = /^enc1:([\w-]{8}):([\w-]+)$/;
const PLAIN = "enc0:";
const RESERVED = /^enc[01]:/;

/** How many characters of a sealed text say which key opens it. */
export const FORM_LENGTH = "enc1:".length + 8 + 1;
/** How a text begins that this key has sealed. */
export const formOf = (key: string) => `enc1:${key}:`;
/** The key that a text needs which begins like this, or null where it is not sealed. */
export const keyOfForm = (start: string | null) => /^enc1:([\w-]{8}):/.exec(start ?? "")?.[1] ?? null;

/** A key by a name that says nothing of it. */
const nameOf = (key: Uint8Array) =>
  createHash("sha256").update("key name\0").update(key).digest("base64url").slice(0, 8);

export type Vault = ReturnType<typeof newVault>;

const vaults = new WeakMap<Keyring, Vault>();
const NO_KEYS: Keyring = { keys: [], seals: false };

/** What seals and opens texts with these keys; without any, texts stay as they are. One an isolate. */
export function openVault(ring: Keyring = NO_KEYS): Vault {
  const known = vaults.get(ring);
  if (known) return known;
  const vault = newVault(ring);
  vaults.set(ring, vault);
  return vault;
}

function newVault(ring: Keyring) {
  const keys = new Map(ring.keys.map((key) => [nameOf(key), key]));
  const [first = null] = ring.seals ? keys.keys() : [];
  const userKeys = new Map<string, Uint8Array>();

  /** A user's own key: HKDF (RFC 5869) of a key, with the user's id as info. */
  function keyOf(name: string, userId: number): Uint8Array {
    const id = `${name} ${userId}`;
    const known = userKeys.get(id);
    if (known) return known;
    const key = keys.get(name);
    if (!key) throw keyMissing(name);
    const derived = new Uint8Array(hkdfSync("sha256", key, "", `user:${userId}`, 32));
    if (userKeys.size >= MAX_USER_KEYS) userKeys.clear();
    userKeys.set(id, derived);
    return derived;
  }

  function encrypt(key: string, place: Place, text: string | Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, keyOf(key, place.userId), nonce);
    cipher.setAAD(boundTo(place));
    return Buffer.concat([
      nonce,
      typeof text === "string" ? cipher.update(text, "utf8") : cipher.update(text),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  }

  function decrypt(key: string, place: Place, data: Uint8Array): Buffer {
    const userKey = keyOf(key, place.userId);
    try {
      const decipher = createDecipheriv(CIPHER, userKey, data.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(boundTo(place));
      decipher.setAuthTag(data.subarray(-TAG));
      return Buffer.concat([decipher.update(data.subarray(NONCE, -TAG)), decipher.final()]);
    } catch (cause) {
      throw unreadable(place, cause);
    }
  }

  return {
    /** The key that seals what is written now, or null where nothing is sealed. */
    sealsWith: first,
    /** Whether there is any key: what is stored may be sealed. */
    hasKeys: keys.size > 0,
    has: (key: string) => keys.has(key),
    /** Their names. */
    keys: [...keys.keys()],

    seal(place: Place, text: string): Cell {
      const stored =
        first === null ? plain(text) : formOf(first) + encrypt(first, place, text).toString("base64url");
      return stored as unknown as Cell;
    },
    /** @throws AppError `misconfigured` where its key is missing, `unreadable` where it was changed or comes from elsewhere */
    open(place: Place, stored: Cell): string {
      const text = stored as unknown as string;
      const [, key, data] = SEALED.exec(text) ?? [];
      if (key && data) return decrypt(key, place, Buffer.from(data, "base64url")).toString();
      return text.startsWith(PLAIN) ? text.slice(PLAIN.length) : text;
    },

    /** The same for what is no text in a row; null where nothing is sealed. */
    sealBytes: (place: Place, text: string | Uint8Array): SealedBytes | null =>
      first === null
        ? null
        : { key: first, userId: place.userId, sealed: new Uint8Array(encrypt(first, place, text)) },
    openBytes: (place: Place, { key, sealed }: SealedBytes): string => decrypt(key, place, sealed).toString(),
    openData: (place: Place, { key, sealed }: SealedBytes): Uint8Array => decrypt(key, place, sealed),

    /** At most so many bytes does a text of this size take in a row. */
    sealedSize: (bytes: number, texts: number) =>
      keys.size === 0 ? bytes : Math.ceil((bytes * 4) / 3) + texts * (FORM_LENGTH + 2 * (NONCE + TAG)),
  };
}

const plain = (text: string) => (RESERVED.test(text) ? PLAIN + text : text);

/** A text as a row keeps it that nobody has sealed. */
export const unsealed = (text: string) => plain(text) as unknown as Cell;

const boundTo = ({ table, row, column }: Place) => Buffer.from(`${table}/${row}/${column}`);

export const keyMissing = (key: string) =>
  new AppError("misconfigured", {
    detail: `The server is not configured correctly: ENCRYPTION_KEY lacks the key ${key}, which this is encrypted with.`,
  });

const unreadable = ({ table, row, column }: Place, cause: unknown) =>
  new AppError("unreadable", {
    detail: `This cannot be read: it was damaged or moved outside of this server (${column} of ${row} in ${table}).`,
    cause,
  });
