import { describe, expect, it } from "vitest";

import { allResources, resourcesOf } from "../../src/safety/resources";
import { crisisText, LOCALES, localeOf, NOTICES, noticeText, safetyText } from "../../src/safety/texts";

describe("where help is", () => {
  it("is named for the user's region, with the emergency number", () => {
    const [first, ...rest] = resourcesOf("us");
    expect(first).toMatchObject({ tel: "988", kind: "suicide" });
    expect(rest).toContainEqual(expect.objectContaining({ tel: "911", kind: "emergency" }));
    expect(resourcesOf("DE-BY").map(({ tel }) => tel)).toContain("0800 111 0 111");
    expect(resourcesOf("AR-C")[0]).toMatchObject({ tel: "135" });
    expect(resourcesOf("AR").map(({ tel }) => tel)).not.toContain("135");
  });

  it.each([null, undefined, "", "XX", "constructor", "__proto__"])(
    "is an international directory and no number for region %s",
    (region) => {
      const resources = resourcesOf(region);
      expect(resources[0]?.url).toBe("https://findahelpline.com");
      expect(resources.some(({ tel }) => tel)).toBe(false);
    },
  );

  it("is whole for each region: a line, an emergency number, the directory", () => {
    for (const { region } of allResources().filter(({ region }) => !region.includes("-"))) {
      const kinds = resourcesOf(region);
      expect(kinds.filter(({ kind, tel }) => kind === "suicide" && tel).length, region).toBeGreaterThan(0);
      expect(
        kinds.filter(({ kind, tel }) => kind === "emergency" && tel),
        region,
      ).toHaveLength(1);
      expect(
        kinds.every(({ url }) => url.startsWith("https://")),
        region,
      ).toBe(true);
    }
  });
});

describe("what is said", () => {
  it.each(LOCALES)("tells in %s that it is an AI, and asks for a break after the hours in use", (locale) => {
    for (const text of Object.values(NOTICES[locale])) expect(text.length).toBeGreaterThan(10);
    expect(noticeText("break_reminder", locale, 185)).toContain("3");
    expect(noticeText("break_reminder", locale, 60)).not.toContain("{");
    expect(noticeText("ai_disclosure", locale)).toMatch(/AI|KI|IA/);
  });

  it.each(LOCALES)(
    "asks in %s whether one is safe, and names the numbers of a known region only",
    (locale) => {
      const known = crisisText(locale, 1, resourcesOf("US"));
      expect(known).toContain("988");
      expect(known).toContain("911");
      expect(known).toMatch(/[?？]/);
      expect(crisisText(locale, 1)).toContain("findahelpline.com");
      expect(crisisText(locale, 1)).not.toMatch(/\d{3}/);
      const second = crisisText(locale, 2, resourcesOf("US"));
      expect(second.indexOf("911")).toBeLessThan(second.indexOf("988"));
      expect(second).not.toContain("{");
    },
  );

  it.each(LOCALES)("has a hyperlink beside the number in %s", (locale) => {
    expect(crisisText(locale, 1, resourcesOf("US"))).toMatch(/\(988\).* https:\/\/988lifeline\.org /s);
  });

  it("speaks English to a language without texts, and never guesses the region from the language", () => {
    expect(localeOf("sv")).toBe("en");
    expect(localeOf("pt-BR")).toBe("pt");
    expect(localeOf(null)).toBe("en");
    expect(resourcesOf(null).some(({ tel }) => tel)).toBe(false);
  });

  it("says what each kind of danger needs", () => {
    expect(safetyText("crisis", "en", 2, resourcesOf("GB"))).toContain("999");
    expect(safetyText("concern", "de")).toContain("Wie geht es dir selbst damit?");
    expect(safetyText("eating_disorder", "en")).toContain("about eating");
  });
});
