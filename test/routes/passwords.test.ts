import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { configOf } from "../../src/env";
import { pausesOf } from "../../src/identity/lock-out";
import { forgotPassword } from "../../src/identity/mail-tokens";
import { watchDatabase } from "../database";
import { api, json, newUser, type TestUser } from "../harness";
import { gate } from "../upstream";
import { mailApp, newAddress, tokenIn } from "../mail/harness";

afterEach(() => vi.restoreAllMocks());

const MINUTE_MS = 60_000;
const next = "a new password";
const login = (email: string, password: string) => api("/auth/login", { body: { email, password } });

/** The code from the mail that a user gets who has forgotten their password. */
async function forget({ post, mailsTo }: ReturnType<typeof mailApp>, { email }: TestUser) {
  await json(post("/auth/password/forgot", { email }), 202);
  return tokenIn(mailsTo(email).at(-1)!);
}

describe("a forgotten password", () => {
  it("is set anew with the code from the mail, which then tells of it", async () => {
    const mail = mailApp();
    const user = await newUser();
    const token = await forget(mail, user);
    await json(mail.post("/auth/password/reset", { token, password: next }));
    await json(login(user.email, user.password), 401);
    await json(login(user.email, next));
    expect(mail.mailsTo(user.email).map(({ purpose }) => purpose)).toEqual([
      "reset_password",
      "password_changed",
    ]);
  });

  it("is asked for in any case of the address", async () => {
    const mail = mailApp();
    const user = await newUser();
    await json(mail.post("/auth/password/forgot", { email: ` ${user.email.toUpperCase()}` }), 202);
    expect(mail.mailsTo(user.email)).toHaveLength(1);
  });

  it("ends all sessions and revokes the API keys, unless they are to be kept", async () => {
    for (const keep of [undefined, true]) {
      const mail = mailApp();
      const user = await newUser();
      const { key } = await json<{ key: string }>(
        api("/auth/api-keys", { token: user.token, body: { name: "key" } }),
      );
      const reset = { token: await forget(mail, user), password: next, keep_api_keys: keep };
      await json(mail.post("/auth/password/reset", reset));
      await json(api("/auth/me", { token: user.token }), 401);
      await json(api("/auth/refresh", { body: { refresh_token: user.refreshToken } }), 401);
      await json(api("/auth/me", { token: key }), keep ? 200 : 401);
    }
  });

  it("answers alike, by the same statements, whether there is such an account or not", async () => {
    const mail = mailApp();
    const { email } = await newUser();
    const seen = [];
    for (const address of [email, newAddress()]) {
      const database = watchDatabase();
      const answer = await mail.post("/auth/password/forgot", { email: address });
      database.restore();
      seen.push({ status: answer.status, body: await answer.text(), asked: database.asked });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]!.asked.length).toBeGreaterThan(0);
    expect(mail.calls.map(({ body }) => body.to)).toEqual([email]);
  });

  it("is answered before the mail is sent, and as well where it cannot be", async () => {
    const refusing = mailApp({}, [422]);
    await json(refusing.post("/auth/password/forgot", { email: (await newUser()).email }), 202);
    expect(refusing.calls).toHaveLength(1);
    const door = gate();
    const slow = mailApp({}, [door]);
    const { email } = await newUser();
    const context = createExecutionContext();
    await json(slow.request("/auth/password/forgot", { email }, context), 202);
    door.open = true;
    await waitOnExecutionContext(context);
    expect(slow.mailsTo(email)).toHaveLength(1);
  });

  it("cannot be set where the server sends no mail, and says so to everybody alike", async () => {
    const { post } = mailApp({ MAIL_URL: "" });
    const { email } = await newUser();
    for (const address of [email, newAddress()]) {
      const answer = await json(post("/auth/password/forgot", { email: address }), 503);
      expect(answer).toMatchObject({ code: "mail_not_configured" });
    }
  });

  it("brings no mail to an account that was deactivated, and its code no longer works", async () => {
    const mail = mailApp();
    const user = await newUser();
    const token = await forget(mail, user);
    await env.DB.prepare("UPDATE users SET is_active = 0 WHERE id = ?").bind(user.id).run();
    await json(mail.post("/auth/password/forgot", { email: user.email }), 202);
    expect(mail.mailsTo(user.email)).toHaveLength(1);
    await json(mail.post("/auth/password/reset", { token, password: next }), 400);
  });
});

describe("a code", () => {
  const refused = { code: "mail_token_invalid" };

  it("works once", async () => {
    const mail = mailApp();
    const token = await forget(mail, await newUser());
    await json(mail.post("/auth/password/reset", { token, password: next }));
    const again = await json(mail.post("/auth/password/reset", { token, password: "another one" }), 400);
    expect(again).toMatchObject(refused);
  });

  it("works once where it comes twice at the same time", async () => {
    const mail = mailApp();
    const user = await newUser();
    const token = await forget(mail, user);
    const tries = ["the first password", "the second password"];
    const answers = await Promise.all(
      tries.map((password) => mail.post("/auth/password/reset", { token, password })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    const won = answers.findIndex(({ status }) => status === 200);
    await json(login(user.email, tries[won]!));
    await json(login(user.email, tries[1 - won]!), 401);
  });

  it("works for thirty minutes", async () => {
    const mail = mailApp();
    for (const [minutes, status] of [
      [29, 200],
      [31, 400],
    ] as const) {
      const { email } = await newUser();
      const letter = await forgotPassword(openDatabase(env.DB), email, Date.now() - minutes * MINUTE_MS);
      const reset = { token: letter!.token, password: next };
      await json(mail.post("/auth/password/reset", reset), status);
    }
  });

  it("works until a newer one was sent, and only for what it was sent for", async () => {
    const mail = mailApp();
    const user = await newUser();
    const [older, newer] = [await forget(mail, user), await forget(mail, user)];
    await json(mail.post("/auth/password/reset", { token: older, password: next }), 400);
    await json(mail.post("/auth/verify", { token: newer }), 400);
    await json(mail.post("/auth/password/reset", { token: newer, password: next }));
  });

  it("that was made up changes nothing, and costs no hash", async () => {
    const mail = mailApp();
    const user = await newUser();
    await forget(mail, user);
    const made = { token: `dpm_${"x".repeat(43)}`, password: next };
    const database = watchDatabase();
    expect(await json(mail.post("/auth/password/reset", made), 400)).toMatchObject(refused);
    expect(database.asked).toHaveLength(1);
    database.restore();
    await json(api("/auth/me", { token: user.token }));
  });

  it("is stored as its hash alone", async () => {
    const user = await newUser();
    const token = await forget(mailApp(), user);
    const { results } = await env.DB.prepare("SELECT * FROM mail_tokens WHERE user_id = ?")
      .bind(user.id)
      .all();
    expect(results).toHaveLength(1);
    expect(JSON.stringify(results)).not.toContain(token.slice(4, 20));
  });
});

describe("nobody's mailbox is flooded", () => {
  it("by more than three mails in half an hour, and the last of them still works", async () => {
    const mail = mailApp();
    const [user, other] = [await newUser(), await newUser()];
    for (const _ of Array(6)) await json(mail.post("/auth/password/forgot", { email: user.email }), 202);
    expect(mail.mailsTo(user.email)).toHaveLength(3);
    await forget(mail, other);
    const token = tokenIn(mail.mailsTo(user.email)[2]!);
    await json(mail.post("/auth/password/reset", { token, password: next }));
  });

  it("and half an hour later there are mails again", async () => {
    const mail = mailApp();
    const user = await newUser();
    const earlier = Date.now() - 31 * MINUTE_MS;
    for (const _ of Array(3)) await forgotPassword(openDatabase(env.DB), user.email, earlier);
    await forget(mail, user);
  });

  it("from many addresses: the rate counts by account as well, whether there is one or not, and names none", async () => {
    const keys: string[] = [];
    const LIMIT_CREDENTIALS = {
      limit: async ({ key }: { key: string }) => {
        keys.push(key);
        return { success: keys.filter((other) => other === key).length <= 1 };
      },
    };
    for (const email of [(await newUser()).email, newAddress()]) {
      const mail = mailApp({ RATE_LIMITS: "on", LIMIT_CREDENTIALS });
      const ask = (address: string) => mail.post("/auth/password/forgot", { email }, { address });
      await json(ask(`192.0.2.${keys.length}`), 202);
      expect(await json(ask(`192.0.2.${keys.length}`), 429)).toMatchObject({ code: "rate_limited" });
    }
    expect(keys.join()).not.toContain("example.com");
  });
});

it("who is locked out by wrong guesses, and sets a new password, can log in at once", async () => {
  const mail = mailApp();
  const user = await newUser();
  const attempt = (password: string) => mail.post("/auth/login", { email: user.email, password });
  await json(attempt("a wrong guess"), 401);
  const pauses = await pausesOf(configOf(env), { account: String(user.id), address: "192.0.2.1" });
  const pause = env.DB.prepare("UPDATE login_failures SET blocked_until = ? WHERE key = ?");
  await env.DB.batch(pauses.map((key) => pause.bind(Date.now() + 15 * MINUTE_MS, key)));
  await json(attempt(user.password), 429);
  const token = await forget(mail, user);
  await json(mail.post("/auth/password/reset", { token, password: next }));
  await json(attempt(next));
});
