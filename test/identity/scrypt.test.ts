import { scryptSync } from "node:crypto";

import { fc, test } from "@fast-check/vitest";
import { beforeAll, expect, it } from "vitest";

import { hashPassword } from "../../src/identity/passwords";
import { scrypt, type Cost } from "../../src/identity/scrypt";
import { useRealCost } from "../hash-cost";

beforeAll(useRealCost);

/** The key, and how often the thread was given up for it. */
function derive(password: string, salt: Uint8Array, cost: Cost, length: number) {
  const pieces = scrypt(password, salt, cost, length);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = pieces.next();
    if (done) return { key: value.toString("hex"), pauses };
  }
}

// RFC 7914 §12.
it.each([
  ["", "", { ln: 4, r: 1, p: 1 }, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"],
  [
    "pleaseletmein",
    "SodiumChloride",
    { ln: 14, r: 8, p: 1 },
    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2",
  ],
])("a hash is what the RFC says: %o %o %o", (password, salt, cost, expected) => {
  expect(derive(password, new TextEncoder().encode(salt), cost, 64).key.slice(0, 64)).toBe(expected);
});

test.prop([
  fc.string({ unit: "grapheme", maxLength: 100 }),
  fc.uint8Array({ maxLength: 40 }),
  fc.record({
    ln: fc.integer({ min: 1, max: 12 }),
    r: fc.integer({ min: 1, max: 9 }),
    p: fc.integer({ min: 1, max: 4 }),
  }),
  fc.integer({ min: 1, max: 70 }),
])("a hash is what the platform's own scrypt makes of the same", (password, salt, cost, length) => {
  const { ln, r, p } = cost;
  const native = scryptSync(password, salt, length, { N: 2 ** ln, r, p, maxmem: 2 ** 26 });
  expect(derive(password, salt, cost, length).key).toBe(native.toString("hex"));
});

it("a password's hash gives the thread up 192 times, and others work meanwhile", async () => {
  expect(derive("password123", new Uint8Array(16), { ln: 15, r: 8, p: 3 }, 32).pauses).toBe(192);
  let [done, turns] = [false, 0];
  const hash = hashPassword("password123").finally(() => (done = true));
  for (; !done; turns++) await scheduler.wait(0);
  expect(await hash).toContain("$scrypt$ln=15,r=8,p=3$");
  expect(turns).toBeGreaterThan(96);
});
