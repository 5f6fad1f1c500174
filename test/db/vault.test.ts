import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";

import { openVault, unsealed, type Cell, type Keyring, type Place } from "../../src/db/vault";
import { AppError } from "../../src/errors";

const key = (n: number) => new Uint8Array(32).fill(n);
const ring = (...keys: Uint8Array[]): Keyring => ({ keys, seals: true });
const place: Place = { userId: 3, table: "chat_messages", row: 7, column: "content" };

const stored = (cell: Cell) => cell as unknown as string;

/** What the vault refuses with. */
function refusal(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return "nothing";
}

describe("a sealed text", () => {
  test.prop([fc.string({ unit: "grapheme" }), fc.boolean()])("is opened as it was", (text, seals) => {
    const vault = openVault({ keys: [key(1)], seals });
    expect(vault.open(place, vault.seal(place, text))).toBe(text);
  });

  test.prop([fc.constantFrom("enc0:", "enc1:", "enc1:AAAAAAAA:AAAA", "enc2:"), fc.string()])(
    "is not mistaken for another that begins like one",
    (start, rest) => {
      const without = openVault();
      expect(without.open(place, without.seal(place, start + rest))).toBe(start + rest);
      expect(openVault(ring(key(1))).open(place, unsealed(start + rest))).toBe(start + rest);
    },
  );

  it("holds nothing of the text, and never looks the same twice", () => {
    const vault = openVault(ring(key(1)));
    const [one, other] = [vault.seal(place, "the sea"), vault.seal(place, "the sea")];
    expect(one).not.toBe(other);
    expect(Buffer.from(stored(one).split(":")[2]!, "base64url").toString()).not.toContain("sea");
  });

  it.each([
    ["another user", { userId: 4 }],
    ["another row", { row: 8 }],
    ["another column", { column: "title" }],
    ["another table", { table: "personas" }],
  ])("does not open for %s", (_, elsewhere) => {
    const vault = openVault(ring(key(1)));
    const cell = vault.seal(place, "the sea");
    expect(refusal(() => vault.open({ ...place, ...elsewhere }, cell))).toBe("unreadable");
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 63 })])(
    "does not open when a sign was changed",
    (at, step) => {
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      const vault = openVault(ring(key(1)));
      const cell = stored(vault.seal(place, "the sea, the sea"));
      // The last sign may hold bits that mean nothing.
      const i = 14 + (at % (cell.length - 15));
      const sign = alphabet[(alphabet.indexOf(cell[i]!) + step) % 64]!;
      const changed = cell.slice(0, i) + sign + cell.slice(i + 1);
      expect(refusal(() => vault.open(place, changed as never))).toBe("unreadable");
    },
  );

  it("opens with any key of the list, and is sealed with the first", () => {
    const old = openVault(ring(key(1))).seal(place, "the sea");
    const both = openVault(ring(key(2), key(1)));
    expect(both.open(place, old)).toBe("the sea");
    const renewed = both.seal(place, "the sea");
    expect(openVault(ring(key(2))).open(place, renewed)).toBe("the sea");
    expect(refusal(() => openVault(ring(key(1))).open(place, renewed))).toBe("misconfigured");
  });

  it("is not made without a key, nor where keys only open", () => {
    const old = openVault(ring(key(1))).seal(place, "the sea");
    const off = openVault({ keys: [key(1)], seals: false });
    expect([off.open(place, old), off.seal(place, "the sea")]).toEqual(["the sea", "the sea"]);
    expect(openVault().seal(place, "the sea")).toBe("the sea");
    expect(refusal(() => openVault().open(place, old))).toBe("misconfigured");
  });

  test.prop([fc.string({ unit: "binary", maxLength: 2000 })])("is no larger than it says", (text) => {
    const vault = openVault(ring(key(1)));
    const size = Buffer.byteLength(text);
    expect(stored(vault.seal(place, text)).length).toBeLessThanOrEqual(vault.sealedSize(size, 1));
  });
});
