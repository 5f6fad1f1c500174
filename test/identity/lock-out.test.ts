import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { configOf } from "../../src/env";
import { confirmPassword, login } from "../../src/identity/account";
import type { AppError } from "../../src/errors";
import { hmac } from "../../src/identity/hmac";
import { beginPause, countAttempt, countConfirmation, forgive, takeBack } from "../../src/identity/lock-out";
import { newUser } from "../harness";

const FREE = 5;

/** Has the clock stand still but for what a slow hash takes: each lets others go first, and so can be told. */
function stopClock(start: number, hashMs: number) {
  const clock = { now: start };
  vi.spyOn(Date, "now").mockImplementation(() => clock.now);
  const wait = scheduler.wait.bind(scheduler);
  vi.spyOn(scheduler, "wait").mockImplementation((ms) => {
    if (ms === 0) clock.now += hashMs;
    return wait(ms);
  });
  return clock;
}

const db = openDatabase(env.DB);
const config = configOf(env);
const address = "198.51.100.77";
const noon = Date.UTC(2030, 0, 1, 12);
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "right",
    (error: { code: string }) => error.code,
  );

/** Seconds to wait, as a refused attempt says. */
const pauseSaid = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 0,
    (error: AppError) => Number(error.headers["Retry-After"]),
  );

afterEach(() => {
  vi.restoreAllMocks();
});

const stranger = () => ({ account: `unknown:${crypto.randomUUID()}`, address: crypto.randomUUID() });

describe("the pause after a wrong attempt", () => {
  it("begins when the attempt is found wrong, however long that took, and is as long as it says", async () => {
    const who = stranger();
    let now = noon;
    for (let i = 0; i < FREE; i++) {
      const attempt = await countAttempt(db, config, who, now);
      now += 5_000;
      await beginPause(db, attempt, now);
    }
    const early = countAttempt(db, config, who, now);
    await expect(early).rejects.toMatchObject({ code: "login_paused", headers: { "Retry-After": "1" } });
    expect(await code(countAttempt(db, config, who, now + 999))).toBe("login_paused");
    expect(await code(countAttempt(db, config, who, now + 1000))).toBe("right");
  });

  it("holds back what comes while it is being found out, and counts all that was let in before", async () => {
    const who = stranger();
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, () => countAttempt(db, config, who, noon)),
    );
    const counted = attempts.filter((attempt) => attempt.status === "fulfilled");
    expect(counted).toHaveLength(FREE);
    for (const { value } of counted) await beginPause(db, value, noon + 700);
    expect(await code(countAttempt(db, config, who, noon + 1699))).toBe("login_paused");
    expect(await code(countAttempt(db, config, who, noon + 1700))).toBe("right");
  });

  it("is not changed by an earlier attempt that is found wrong later", async () => {
    const who = stranger();
    let slow;
    for (let i = 0; i < FREE; i++) slow = await countAttempt(db, config, who, noon);
    const next = await countAttempt(db, config, who, noon + 6000);
    await beginPause(db, next, noon + 8000);
    await beginPause(db, slow!, noon + 7000);
    await beginPause(db, slow!, noon + 9000);
    expect(await code(countAttempt(db, config, who, noon + 9999))).toBe("login_paused");
    expect(await code(countAttempt(db, config, who, noon + 10_000))).toBe("right");
  });

  it("is never longer than was said while a slow check went on, and holds until that ends", async () => {
    const who = stranger();
    let slow;
    for (let i = 0; i < FREE; i++) slow = await countAttempt(db, config, who, noon);
    const told = await pauseSaid(countAttempt(db, config, who, noon + 100));
    for (const later of [1000, 1500, 2499]) {
      expect(await code(countAttempt(db, config, who, noon + later))).toBe("login_paused");
    }
    await beginPause(db, slow!, noon + 2500);
    expect(await pauseSaid(countAttempt(db, config, who, noon + 2500))).toBe(1);
    expect(await code(countAttempt(db, config, who, noon + 100 + told * 1000))).toBe("right");
  });

  it("is said as it is where others were faster in the same moment, and none of them is counted", async () => {
    const who = stranger();
    for (let i = 0; i < FREE + 3; i++) {
      const at = noon + i * 3_600_000;
      await beginPause(db, await countAttempt(db, config, who, at), at);
    }
    const later = noon + 12 * 3_600_000;
    const attempts = await Promise.allSettled([1, 2, 3].map(() => countAttempt(db, config, who, later)));
    const refused = attempts.filter((attempt) => attempt.status === "rejected");
    expect(refused.map(({ reason }) => (reason as AppError).headers["Retry-After"])).toEqual(["21", "21"]);
    await beginPause(db, attempts.find((attempt) => attempt.status === "fulfilled")!.value, later);
    expect(await pauseSaid(countAttempt(db, config, who, later))).toBe(16);
  });

  it("counts no attempt for whose check there was no time", async () => {
    const who = stranger();
    for (let i = 0; i < FREE * 3; i++) await takeBack(db, await countAttempt(db, config, who, noon));
    expect(await code(countAttempt(db, config, who, noon))).toBe("right");
  });

  it("does not begin for one wrong attempt among five, nor again once a right one has been forgiven", async () => {
    const who = stranger();
    const attempts = [];
    for (let i = 0; i < FREE; i++) attempts.push(await countAttempt(db, config, who, noon));
    await db.batch(forgive(db, attempts[4]!));
    await beginPause(db, attempts[0]!, noon);
    expect(await code(countAttempt(db, config, who, noon))).toBe("right");
  });

  it.each(["logging in", "confirming the password"])("leaves the slow hash out when %s", async (how) => {
    const user = await newUser();
    const { sid: sessionId } = JSON.parse(atob(user.token.split(".")[1]!)) as { sid: string };
    const guess =
      how === "logging in"
        ? () => login(db, config, { name: user.email, password: "wrong" }, { address, userAgent: undefined })
        : () => confirmPassword(db, config, { userId: user.id, sessionId }, { password: "wrong", address });
    const wrong = how === "logging in" ? "wrong_credentials" : "wrong_password";
    await env.DB.prepare("UPDATE sessions SET expires_at = ? WHERE id = ?")
      .bind(noon + 3_600_000, sessionId)
      .run();
    const clock = stopClock(noon, 600);
    for (let i = 0; i < FREE; i++) expect(await code(guess())).toBe(wrong);
    expect(clock.now).toBe(noon + FREE * 600);
    clock.now += 999;
    expect(await code(guess())).toBe("login_paused");
    clock.now += 1;
    expect(await code(guess())).toBe(wrong);
  });
});

/** Has strangers fail at this account, each from an address of their own, until it is paused. */
async function besiege(account: string, now: number) {
  for (let i = 0; i < 50; i++) {
    await beginPause(db, await countAttempt(db, config, { ...stranger(), account }, now), now);
  }
}

describe("an account that strangers guess at", () => {
  it("gives an address one try all the same, and only one", async () => {
    const { account, address: home } = stranger();
    await besiege(account, noon);
    const attempt = await countAttempt(db, config, { account, address: home }, noon);
    await beginPause(db, attempt, noon);
    expect(await pauseSaid(countAttempt(db, config, { account, address: home }, noon))).toBe(1);
    const both = [1, 2].map(() => countAttempt(db, config, { account, address: "192.0.2.9" }, noon));
    expect((await Promise.all(both.map(code))).toSorted()).toEqual(["login_paused", "right"]);
  });

  it("gives none to an address that had failed before", async () => {
    const { account, address: early } = stranger();
    await countAttempt(db, config, { account, address: early }, noon);
    await besiege(account, noon);
    expect(await code(countAttempt(db, config, { account, address: early }, noon))).toBe("login_paused");
  });

  it("lets the owner in again and again whose first try was right", async () => {
    const { account, address: home } = stranger();
    await besiege(account, noon);
    for (let i = 0; i < 3; i++) {
      await db.batch(forgive(db, await countAttempt(db, config, { account, address: home }, noon)));
    }
  });

  it("gives one try to all addresses of an IPv6 network", async () => {
    const { account } = stranger();
    await besiege(account, noon);
    const from = (network: string) =>
      code(countAttempt(db, config, { account, address: `2001:db8:${network}::/64` }, noon));
    expect([await from("7:1"), await from("7:2"), await from("8:1")]).toEqual([
      "right",
      "login_paused",
      "right",
    ]);
  });

  it("gives sixty such tries at once and one a minute, however many addresses there are", async () => {
    const { account } = stranger();
    await besiege(account, noon);
    await pauseFor(account, 3_600_000);
    const tryFresh = (now: number) => countAttempt(db, config, { ...stranger(), account }, now);
    let tries = 0;
    for (let i = 0; i < 70; i++) if ((await code(tryFresh(noon))) === "right") tries++;
    expect(tries).toBe(60);
    expect(await pauseSaid(tryFresh(noon + 500))).toBe(60);
    expect(await code(tryFresh(noon + 59_999))).toBe("login_paused");
    expect(await code(tryFresh(noon + 60_000))).toBe("right");
    expect(await code(tryFresh(noon + 60_001))).toBe("login_paused");
  });

  /** Has the account itself be paused for so long. */
  const pauseFor = (account: string, ms: number) =>
    hmac(config.SECRET_KEY[0], "login", `account:${account}`).then((key) =>
      env.DB.prepare("UPDATE login_failures SET blocked_until = ? WHERE key = ?")
        .bind(noon + ms, key)
        .run(),
    );

  it("does not hold up its sessions, each of which has its own guesses", async () => {
    const { account, address: home } = stranger();
    await besiege(account, noon);
    const confirm = (sessionId: string, now = noon) =>
      countConfirmation(db, config, { account, address: home, sessionId }, now);
    const [thiefs, owners] = [crypto.randomUUID(), crypto.randomUUID()];
    for (let i = 0; i < FREE; i++) await beginPause(db, await confirm(thiefs), noon);
    expect(await code(confirm(thiefs))).toBe("login_paused");
    const attempt = await confirm(owners);
    await db.batch(forgive(db, attempt));
    expect(await code(countAttempt(db, config, { account, address: home }, noon))).toBe("right");
  });
});
