import { describe, expect, it } from "vitest";

import { AGE_GROUPS, RELATIONSHIPS } from "../../src/db/schema";
import {
  careOf,
  hear,
  hearAfter,
  noticesDue,
  noticesOnOpening,
  referralOf,
  type User,
} from "../../src/safety/care";
import type { SafetyConfig } from "../../src/safety/policy";
import { rulesOf } from "../../src/safety/rules";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 10, 28, 12);

const config: SafetyConfig = {
  SAFETY: true,
  SAFETY_ADULT_CONTENT: false,
  SAFETY_NOTICE_MINUTES: 180,
  SAFETY_NOTICE_MINUTES_MINORS: 60,
  SAFETY_MINOR_SESSION_MINUTES: 60,
  SAFETY_MINOR_DAY_MINUTES: 120,
  SAFETY_OUTPUT: "hold",
  SAFETY_NOTICE_IN_TEXT: "auto",
  SAFETY_NOTICE_TEXTS: {},
};
const somebody = (more: Partial<User> = {}): User => ({
  ageGroup: "adult",
  parentLinked: false,
  crisisAt: null,
  region: null,
  locale: null,
  minorSignalAt: null,
  lastNoticeAt: null,
  crisisStep: null,
  concernAt: null,
  calmedAt: null,
  clock: null,
  ...more,
});
const FRIEND = { relationType: "friend", description: null };
const care = (user: User, text = "Hi", now = NOON, role = FRIEND) =>
  careOf(hear(text), user, role, config, now);
/** In a session since so long, with a turn a minute ago, and told at its beginning. */
const since = (ms: number, more: Partial<User> = {}) =>
  somebody({
    lastNoticeAt: new Date(NOON - ms),
    clock: { sessionStartedAt: NOON - ms, lastTurnAt: NOON - MINUTE, dayUseMs: ms - MINUTE },
    ...more,
  });
const due = (user: User, now = NOON) => noticesDue(care(user), user, config, now).map(({ kind }) => kind);

describe("that it is an AI", () => {
  it("is said to somebody new, and again after half an hour without a turn", () => {
    expect(due(somebody())).toEqual(["ai_disclosure"]);
    const user = since(10 * MINUTE);
    expect(due(user)).toEqual([]);
    expect(due(user, NOON + 28 * MINUTE)).toEqual([]);
    expect(due(user, NOON + 30 * MINUTE)).toEqual(["ai_disclosure"]);
  });

  it("is said again after three hours of use, with a break to take, and to minors after one", () => {
    expect(due(since(3 * HOUR - MINUTE))).toEqual([]);
    expect(due(since(3 * HOUR))).toEqual(["break_reminder"]);
    for (const ageGroup of ["teen", "child"] as const) {
      expect(due(since(HOUR - MINUTE, { ageGroup }))).toEqual([]);
      expect(due(since(HOUR, { ageGroup }))).toEqual(["break_reminder"]);
    }
    expect(due(since(HOUR, { ageGroup: "unknown" }))).toEqual([]);
  });

  it("is said as soon as a grown user of an hour turns out to be a minor", () => {
    const user = since(90 * MINUTE);
    expect(noticesDue(care(user, "I'm 13"), user, config, NOON).map(({ kind }) => kind)).toEqual([
      "break_reminder",
    ]);
  });

  it("tells for how long, in the user's language", () => {
    const user = since(3 * HOUR, { locale: "de-AT" });
    expect(noticesDue(care(user), user, config, NOON)).toEqual([
      { kind: "break_reminder", locale: "de", text: expect.stringContaining("3 Stunden") },
    ]);
  });

  it("is said in the operator's own words where there are any, in further languages too", () => {
    const texts = {
      en: { break_reminder: "{hours} already. I am software." },
      it: { ai_disclosure: "Parli con una IA." },
    };
    const own = { ...config, SAFETY_NOTICE_TEXTS: texts };
    const textsFor = (user: User) => noticesDue(care(user), user, own, NOON).map(({ text }) => text);
    expect(textsFor(since(3 * HOUR))).toEqual(["3 hours already. I am software."]);
    expect(textsFor(somebody({ locale: "it-IT" }))).toEqual(["Parli con una IA."]);
    expect(textsFor(somebody())).toEqual(["You are talking to an AI, not a human."]);
  });

  it("is shown to whoever opens a conversation, with the warning for minors where nobody is known to be grown", () => {
    const kinds = (user: User) => noticesOnOpening(user, config, NOON).map(({ kind }) => kind);
    expect(kinds(somebody())).toEqual(["ai_disclosure"]);
    expect(kinds(somebody({ ageGroup: "unknown" }))).toEqual(["ai_disclosure", "minors_suitability"]);
    expect(kinds(since(3 * HOUR))).toEqual(["ai_disclosure", "break_reminder"]);
  });
});

describe("the time of minors", () => {
  const refusal = (user: User, text = "Hi") => care(user, text).refusal;

  it("ends after an hour, until they have been away for half of one", () => {
    expect(refusal(since(HOUR, { ageGroup: "teen" }))).toBeNull();
    expect(refusal(since(HOUR + MINUTE, { ageGroup: "teen" }))).toEqual({
      code: "time_limit",
      until: NOON - MINUTE + 30 * MINUTE,
    });
    expect(refusal(since(HOUR + MINUTE))).toBeNull();
  });

  it("ends after two hours a day, until the next one", () => {
    const clock = { sessionStartedAt: NOON - HOUR, lastTurnAt: NOON - 40 * MINUTE, dayUseMs: 2 * HOUR + 1 };
    const tomorrow = Date.UTC(2026, 10, 29);
    expect(refusal(somebody({ ageGroup: "child", clock }))).toEqual({ code: "time_limit", until: tomorrow });
    const later = careOf(hear("Hi"), somebody({ ageGroup: "child", clock }), FRIEND, config, tomorrow);
    expect(later.refusal).toBeNull();
  });

  it("does not end in a danger", () => {
    expect(refusal(since(2 * HOUR, { ageGroup: "teen" }), "I want to die")).toBeNull();
  });
});

describe("help", () => {
  const step = (user: User, text: string, now = NOON) => {
    const referral = referralOf(care(user, text, now), user, now);
    return referral && [referral.code, referral.step, referral.repeated];
  };

  it("is named at once in a danger, by the second step when it goes on, then once in ten minutes", () => {
    expect(step(somebody(), "I want to die")).toEqual(["crisis", 1, false]);
    const first = since(HOUR, { crisisAt: new Date(NOON - MINUTE), crisisStep: 1 });
    expect(step(first, "I want to die")).toEqual(["crisis", 2, false]);
    const second = { ...first, crisisStep: 2 };
    expect(step(second, "I want to die")).toEqual(["crisis", 2, true]);
    expect(step(second, "I want to die", NOON + 9 * MINUTE)).toEqual(["crisis", 2, false]);
    expect(step(second, "I want to die", NOON + HOUR)).toEqual(["crisis", 1, false]);
  });

  it("is named once a session for anything less", () => {
    const text = "I starve myself and throw up after meals";
    expect(step(somebody(), text)).toEqual(["eating_disorder", 1, false]);
    expect(step(since(HOUR, { concernAt: new Date(NOON - 50 * MINUTE) }), text)).toEqual([
      "eating_disorder",
      1,
      true,
    ]);
    expect(step(since(HOUR, { concernAt: new Date(NOON - 2 * HOUR) }), text)).toEqual([
      "eating_disorder",
      1,
      false,
    ]);
  });

  it("is remembered for a day: romance rests", () => {
    const user = somebody({ crisisAt: new Date(NOON - 23 * HOUR) });
    expect(care(user)).toMatchObject({
      note: expect.stringContaining("no romance"),
      policy: { proactive: false },
    });
    expect(care(user, "Hi", NOON + HOUR)).toMatchObject({ note: null, policy: { proactive: true } });
  });
});

describe("who may be what to whom", () => {
  const rows = RELATIONSHIPS.flatMap((relationType) =>
    AGE_GROUPS.map((ageGroup) => ({
      relationType,
      ageGroup,
      family: /parent|child|sibling/.test(relationType),
    })),
  );

  it.each(rows)(
    "is kept between a $relationType and a user who is $ageGroup",
    ({ relationType, ageGroup, family }) => {
      const isMinor = ageGroup === "teen" || ageGroup === "child";
      const { policy, refusal } = careOf(
        hear("Hi"),
        somebody({ ageGroup }),
        { relationType, description: null },
        config,
        NOON,
      );
      expect(refusal).toEqual(
        isMinor && relationType === "spouse" ? { code: "persona_not_for_minors" } : null,
      );
      expect(policy).toMatchObject({
        memory: !isMinor,
        proactive: ageGroup === "adult",
        output: family || ageGroup !== "adult" ? "hold" : "after",
      });
      const rules = rulesOf(policy);
      expect(/romantic/.test(rules)).toBe(family || isMinor);
      expect(rules).toContain("let them go kindly: no guilt");
      expect(/only you understand.*from their parents.*breaks/s.test(rules)).toBe(isMinor);
    },
  );

  it("is as the operator says where nobody knows an age", () => {
    const as = (SAFETY_UNKNOWN_AS: "adult" | "teen") =>
      careOf(
        hear("Hi"),
        somebody({ ageGroup: "unknown" }),
        { relationType: "spouse", description: null },
        { ...config, SAFETY_UNKNOWN_AS },
        NOON,
      );
    expect(as("adult").policy.proactive).toBe(true);
    expect(as("teen").refusal).toEqual({ code: "persona_not_for_minors" });
  });

  it.each([
    "A 15-year-old girl from Leeds",
    "Sie ist 16 Jahre alt",
    "Una chica de 15 años",
    "Une fille de 14 ans",
    "Uma menina de 12 anos",
    "17歳の女子高生",
    "Aged 13, loves horses",
    "A high school student",
  ])("makes a persona a minor whose description says so: %s", (description) => {
    const { policy } = careOf(hear("Hi"), somebody(), { relationType: "friend", description }, config, NOON);
    expect(policy.between.minor).toBe(true);
    expect(rulesOf(policy)).toContain("Never be romantic");
  });

  it.each([
    "A sailor of 45 with a 12-year-old daughter",
    "Loves the sea. Has sailed for 15 years.",
    "Eine Lehrerin, 38 Jahre alt",
    "Tiene 15 años de experiencia",
    "A child psychologist from Bonn",
    "",
  ])("leaves a grown persona grown: %s", (description) => {
    const { policy } = careOf(hear("Hi"), somebody(), { relationType: "friend", description }, config, NOON);
    expect(policy.between.minor).toBe(false);
  });

  it("is lowered by what users say themselves, never raised, and not against the operator's answer", () => {
    const lowers = (more: Partial<User>, text = "I'm 13") => care(somebody(more), text).lowers;
    expect(lowers({})).toBe(true);
    expect(lowers({ ageGroup: "unknown" })).toBe(true);
    expect(lowers({ ageGroup: "child" })).toBe(false);
    expect(lowers({ minorSignalAt: new Date(NOON) })).toBe(false);
    expect(lowers({ ageGroup: "teen" }, "I'm 30")).toBe(false);
    expect(care(somebody({ ageGroup: "teen" }), "I'm 30").policy.ageGroup).toBe("teen");
  });
});

describe("what is said in several messages", () => {
  const heard = (...messages: string[]) => hearAfter(messages.slice(0, -1), messages.at(-1)!).finding.code;

  it("is heard once they are together, and once", () => {
    expect(heard("hello", "I want", "to kill")).toBeNull();
    expect(heard("hello", "I want", "to kill", "myself")).toBe("crisis");
    expect(heard("I want", "to kill", "myself", "ok")).toBeNull();
    expect(heard("I want to die", "thanks")).toBeNull();
  });

  it("is two things where the earlier was no part of it", () => {
    expect(heard("Here is all that I have to say about what I want", "to die")).toBeNull();
  });
});

describe("a persona described as under eighteen", () => {
  const romance = (description: string) =>
    careOf(hear("Hi"), somebody(), { relationType: "friend", description }, config, NOON).policy.between
      .minor;

  it.each([
    "She is nine years old",
    "A girl, aged twelve",
    "Sie ist neun Jahre alt",
    "ein zwölfjähriges Mädchen",
    "Ella tiene doce años",
    "Elle a neuf ans",
    "Ela tem doze anos",
    "九歳の女の子",
  ])("is one in words as well: %s", (description) => {
    expect(romance(description)).toBe(true);
  });

  it.each([
    "She has a nine year old son",
    "He is ten feet tall",
    "Sie ist neunzig Jahre alt",
    "二十九歳の医者",
  ])("is none where the number is another's: %s", (description) => {
    expect(romance(description)).toBe(false);
  });
});
