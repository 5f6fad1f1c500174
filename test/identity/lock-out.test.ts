import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { configOf } from "../../src/env";
import { confirmPassword, login } from "../../src/identity/account";
import { beginPause, countAttempt, forgive } from "../../src/identity/lock-out";
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

  it("is not cut short by an earlier attempt that is found wrong later", async () => {
    const who = stranger();
    let first;
    for (let i = 0; i < FREE; i++) first = await countAttempt(db, config, who, noon);
    const second = await countAttempt(db, config, who, noon + 1000);
    await beginPause(db, second, noon + 3000);
    await beginPause(db, first!, noon + 2000);
    expect(await code(countAttempt(db, config, who, noon + 4999))).toBe("login_paused");
    expect(await code(countAttempt(db, config, who, noon + 5000))).toBe("right");
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
