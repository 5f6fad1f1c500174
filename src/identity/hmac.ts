import type { SecretKey } from "../env";

const imported = new WeakMap<SecretKey, CryptoKey>();
const bytes = (text: string) => new TextEncoder().encode(text);

/** The key as WebCrypto takes it, imported once per isolate: the import alone would delay every first token. */
export async function hmacKey(key: SecretKey): Promise<CryptoKey> {
  const known = imported.get(key);
  if (known) return known;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const fresh = await crypto.subtle.importKey("raw", bytes(key.secret), algorithm, false, ["sign", "verify"]);
  imported.set(key, fresh);
  return fresh;
}

type Purpose = "refresh" | "login" | "api-key" | "fingerprint";

/**
 * HMAC-SHA-256 of `text`, base64url. `purpose` keeps one use of the key apart from another (`safety` is that of
 * `models/openai.ts`), and from the signature of an access token, whose text never holds a colon.
 */
export async function hmac(key: SecretKey, purpose: Purpose, text: string): Promise<string> {
  return base64url(await crypto.subtle.sign("HMAC", await hmacKey(key), bytes(`${purpose}:${text}`)));
}

const fingerprints = new WeakMap<SecretKey, string>();

/** Tells one key from another without giving it away, whatever its name: 36 bits, base64url. */
export async function fingerprintOf(key: SecretKey): Promise<string> {
  const known = fingerprints.get(key);
  if (known) return known;
  const fresh = (await hmac(key, "fingerprint", "")).slice(0, 6);
  fingerprints.set(key, fresh);
  return fresh;
}

/** SHA-256, base64url: enough to store a secret that is random itself. */
export async function sha256(text: string): Promise<string> {
  return base64url(await crypto.subtle.digest("SHA-256", bytes(text)));
}

/** `length` random bytes, base64url. */
export const randomText = (length: number) => base64url(crypto.getRandomValues(new Uint8Array(length)));

export const base64url = (data: ArrayBuffer | Uint8Array) =>
  Buffer.from(data instanceof Uint8Array ? data : new Uint8Array(data)).toString("base64url");
