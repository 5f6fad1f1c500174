import { withTimeout } from "../async";
import type { Conversation } from "../db/schema";
import type { Window } from "../prompt/history";
import type { TurnStore } from "./turn-store";

/** Longer than people pause in a conversation. Seconds. */
const KEPT_S = 3600;
/** A slow cache is worse than none: after this the database is asked. Milliseconds. */
const PATIENCE_MS = 150;
/** What AES-GCM begins a sealed text with (NIST SP 800-38D §8.2.2). Bytes. */
const IV_BYTES = 12;

type Version = Pick<Conversation, "id" | "revision">;

/** The messages of one revision never change, so a hit is right by construction. */
const cacheKey = ({ id, revision }: Version) => `context:${id}:${revision}`;

/**
 * Windows in KV, sealed with a key that only the object has. KV can be asked to forget, but not be trusted to: a put may
 * arrive after the deletion, and its lists are late. So it is the key that is forgotten.
 */
export function windowCache(cache: KVNamespace, store: TurnStore) {
  let key: Promise<CryptoKey> | null = null;

  function sealingKey(): Promise<CryptoKey> {
    let raw = store.windowKey();
    if (!raw) {
      raw = crypto.getRandomValues(new Uint8Array(32));
      store.saveWindowKey(raw);
      key = null;
    }
    return (key ??= crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  return {
    /** The window of this revision, or null: also where the cache fails, is slow, or holds what nobody can read. */
    async get(version: Version): Promise<Window | null> {
      if (!store.windowKey()) return null;
      const sealed = await withTimeout(cache.get(cacheKey(version), "arrayBuffer"), PATIENCE_MS).catch(
        () => null,
      );
      return sealed ? unseal(await sealingKey(), sealed).catch(() => null) : null;
    },
    /** Puts a window under its revision. A cache that fails costs speed, nothing else. */
    async put(version: Version, window: Window): Promise<void> {
      const sealed = await seal(await sealingKey(), window);
      await cache.put(cacheKey(version), sealed, { expirationTtl: KEPT_S }).catch(() => {});
    },
    /** Takes out what the cache lists of a conversation; its lists are late, so `shred` is what counts. */
    async remove(id: number): Promise<void> {
      const { keys } = await cache.list({ prefix: `context:${id}:` });
      await Promise.all(keys.map(({ name }) => cache.delete(name)));
    },
    /** Makes everything that was put so far unreadable for good. */
    shred(): void {
      key = null;
      store.dropWindowKey();
    },
  };
}

async function seal(key: CryptoKey, window: Window): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(window));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text);
  return new Blob([iv, sealed]).arrayBuffer();
}

async function unseal(key: CryptoKey, sealed: ArrayBuffer): Promise<Window> {
  const iv = sealed.slice(0, IV_BYTES);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(IV_BYTES));
  return JSON.parse(new TextDecoder().decode(text)) as Window;
}
