import { sign } from "hono/jwt";
import { expect, it, onTestFinished, vi } from "vitest";

import type { Config } from "../../src/env";
import { readAccessToken, signAccessToken } from "../../src/identity/tokens";

type Key = { kid: string; secret: string };
const OLD: Key = { kid: "old", secret: "o".repeat(40) };
const NEW: Key = { kid: "new", secret: "n".repeat(40) };
const withKeys = (...keys: Key[]) => ({ SECRET_KEY: keys }) as Config;

const now = () => Math.floor(Date.now() / 1000);
const claims = () => ({ sub: "7", sid: "session", typ: "access", iat: now() - 5, exp: now() + 60 });
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signed as the server signs, key's name included, so that what is refused is refused for its claims alone. */
const signed = (payload: object, { kid, secret } = NEW, alg: "HS256" | "HS512" = "HS256") =>
  sign({ ...payload }, { kty: "oct", k: Buffer.from(secret).toString("base64url"), alg, kid }, alg);

async function signedRaw(header: unknown, payload: unknown): Promise<string> {
  const body = `${text(header)}.${text(payload)}`;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", Buffer.from(NEW.secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, Buffer.from(body));
  return `${body}.${Buffer.from(new Uint8Array(signature)).toString("base64url")}`;
}

const HEADER = { alg: "HS256", typ: "JWT", kid: NEW.kid };

it("an access token names its user and session", async () => {
  const token = await signAccessToken({ userId: 7, sessionId: "session" }, withKeys(NEW));
  expect(await readAccessToken(token, withKeys(NEW))).toEqual({ userId: 7, sessionId: "session" });
  expect(await readAccessToken(await signed(claims()), withKeys(NEW))).toMatchObject({ userId: 7 });
  expect(await readAccessToken(await signedRaw(HEADER, claims()), withKeys(NEW))).toMatchObject({
    userId: 7,
  });
});

it("a token signed before the keys were rotated still counts, until its key is gone", async () => {
  const token = await signAccessToken({ userId: 7, sessionId: "session" }, withKeys(OLD));
  expect(await readAccessToken(token, withKeys(NEW, OLD))).toMatchObject({ userId: 7 });
  await expect(readAccessToken(token, withKeys(NEW))).rejects.toMatchObject({ code: "unauthenticated" });
});

it("a token that was read before ends with its expiry, and with its key", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const [keys, token] = [withKeys(NEW), await signed(claims())];
  for (let i = 0; i < 2; i++) expect(await readAccessToken(token, keys)).toMatchObject({ userId: 7 });
  await expect(readAccessToken(token, withKeys(OLD))).rejects.toMatchObject({ code: "unauthenticated" });
  vi.setSystemTime(Date.now() + 60_000);
  await expect(readAccessToken(token, keys)).rejects.toMatchObject({ code: "unauthenticated" });
});

it.each<[string, () => Promise<string> | string]>([
  ["expired", () => signed({ ...claims(), exp: now() - 1 })],
  ["without an expiry", () => signed({ ...claims(), exp: undefined })],
  ["with an expiry that is no number", () => signed({ ...claims(), exp: "9999999999" })],
  ["of another kind", () => signed({ ...claims(), typ: "refresh" })],
  ["of no kind", () => signed({ ...claims(), typ: undefined })],
  ["whose subject is a number", () => signed({ ...claims(), sub: 7 })],
  ["whose subject is no id", () => signed({ ...claims(), sub: "7 OR 1=1" })],
  ["without a session", () => signed({ ...claims(), sid: undefined })],
  ["issued in the future", () => signed({ ...claims(), iat: now() + 600 })],
  ["signed by another algorithm of the family", () => signed(claims(), NEW, "HS512")],
  ["whose key has an unknown name", () => signed(claims(), { ...NEW, kid: "other" })],
  ["signed with one key under another's name", () => signed(claims(), { ...OLD, kid: NEW.kid })],
  ["that names no key", () => sign(claims(), NEW.secret, "HS256")],
  ["that says it needs no signature", () => `${text({ ...HEADER, alg: "none" })}.${text(claims())}.`],
  ["whose header is null", () => signedRaw(null, claims())],
  ["whose payload is null", () => signedRaw(HEADER, null)],
  ["whose payload is a list", () => signedRaw(HEADER, [claims()])],
  ["that is no token", () => "not-a-token"],
  ["that is nothing", () => ""],
])("a token %s is refused, and the refusal does not hold it", async (_, make) => {
  const refusal = await readAccessToken(await make(), withKeys(NEW, OLD)).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "unauthenticated", cause: undefined });
});
