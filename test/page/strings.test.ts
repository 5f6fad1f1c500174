import { describe, expect, it } from "vitest";

import { de } from "../../src/page/strings/de.ts";
import { en } from "../../src/page/strings/en.ts";
import { lateDe } from "../../src/page/strings/late-de.ts";
import { lateEn } from "../../src/page/strings/late-en.ts";

/** Every string of a table by its path; what takes a value is given one. */
function leaves(table: object, at = ""): [path: string, text: string][] {
  return Object.entries(table).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const path = `${at}.${name}`;
    if (typeof value === "function") return [[path, String((value as (x: unknown) => unknown)(7))]];
    return typeof value === "object" && value !== null ? leaves(value, path) : [[path, String(value)]];
  });
}

describe("the strings", () => {
  it("are there in both languages, every one of them, and none was left untranslated", () => {
    const [english, german] = [leaves({ ...en, ...lateEn }), new Map(leaves({ ...de, ...lateDe }))];
    expect([...german.keys()]).toEqual(english.map(([path]) => path));
    const same = english.filter(([path, text]) => text.trim() === "" || german.get(path) === text);
    // Words that both languages have.
    expect(new Set(same.map(([, text]) => text))).toEqual(
      new Set(["Persona", "Personas", "API", "Name", "Export"]),
    );
  });
});
