import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase, type Caller } from "../../src/db/client";
import { loginFailuresOf } from "../../src/db/login-failures";
import { batchConfirmed, updatePasswordHash } from "../../src/db/users";
import { configOf } from "../../src/env";
import { changePassword, confirmPassword, login } from "../../src/identity/account";
import { hmac } from "../../src/identity/hmac";
import { api, json, newUser, registeredUser, scryptHash, type TestUser } from "../harness";

const config = configOf(env);
const NEXT = "another password";

/** A database at which something else happens once, just before the batch that holds such a statement. */
function interrupted(before: RegExp, meanwhile: () => Promise<unknown>) {
  const held = new WeakSet<object>();
  let happened = false;
  const binding = {
    prepare(sql: string) {
      const statement = env.DB.prepare(sql);
      const bind = statement.bind.bind(statement);
      statement.bind = (...values) => {
        const bound = bind(...values);
        if (before.test(sql)) held.add(bound);
        return bound;
      };
      return statement;
    },
    async batch(statements: D1PreparedStatement[]) {
      if (!happened && statements.some((statement) => held.has(statement))) {
        happened = true;
        await meanwhile();
      }
      return env.DB.batch(statements);
    },
  };
  return openDatabase(binding as unknown as D1Database);
}

const callerOf = ({ id, token }: TestUser): Caller => {
  const { sid } = JSON.parse(atob(token.split(".")[1]!)) as { sid: string };
  return { userId: id, sessionId: sid };
};
const address = "192.0.2.1";
const db = openDatabase(env.DB);
const change = (user: TestUser, next = NEXT) =>
  changePassword(db, config, callerOf(user), { current: user.password, next, keepApiKeys: false, address });
const sessionsOf = async (user: TestUser) =>
  (await json<object[]>(api("/auth/sessions", { token: user.token }))).length;
const logIn = (database: typeof db, { email: name, password }: TestUser) =>
  login(database, config, { name, password }, { address, userAgent: undefined });
const SESSION = /^insert into "sessions"/;

describe("what the old password proved while it was changed", () => {
  it("opens no session, and is a wrong password", async () => {
    const user = await newUser();
    const slow = interrupted(SESSION, () => change(user));
    await expect(logIn(slow, user)).rejects.toMatchObject({ code: "wrong_credentials" });
    expect(await sessionsOf(user)).toBe(1);
    await logIn(db, { ...user, password: NEXT });
  });

  it("does not come back as the renewed hash of the old password", async () => {
    const user = await newUser();
    const slow = interrupted(SESSION, () => change(user));
    await logIn(slow, user).catch(() => null);
    await expect(logIn(db, user)).rejects.toMatchObject({ code: "wrong_credentials" });
  });

  it("opens no session of a user who was deactivated, or is gone", async () => {
    for (const sql of ["UPDATE users SET is_active = 0 WHERE id = ?", "DELETE FROM users WHERE id = ?"]) {
      const user = await newUser();
      const slow = interrupted(SESSION, () => env.DB.prepare(sql).bind(user.id).run());
      await expect(logIn(slow, user)).rejects.toMatchObject({ code: "wrong_credentials" });
    }
  });

  it("changes it to nothing else, in the session that was first or in another", async () => {
    const user = await registeredUser();
    const slow = interrupted(/^update "users"/, () => change(user));
    const second = { current: user.password, next: "a third password", keepApiKeys: false, address };
    await expect(changePassword(slow, config, callerOf(user), second)).rejects.toMatchObject({
      code: "wrong_password",
    });
    await logIn(db, { ...user, password: NEXT });
    const elsewhere = await logIn(db, { ...user, password: NEXT });
    const other = { ...user, token: elsewhere.accessToken, password: NEXT };
    const slower = interrupted(/^update "users"/, () => change({ ...user, password: NEXT }, "a fourth one"));
    const third = { ...second, current: NEXT };
    await expect(changePassword(slower, config, callerOf(other), third)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await logIn(db, { ...user, password: "a fourth one" });
  });

  it("does nothing else that asked for it", async () => {
    const user = await newUser();
    const caller = callerOf(user);
    const known = await confirmPassword(db, config, caller, { password: user.password, address });
    await change(user);
    const late = batchConfirmed(db, caller, known, [updatePasswordHash(db, user.id, "x")]);
    await expect(late).rejects.toMatchObject({ code: "wrong_password" });
    await logIn(db, { ...user, password: NEXT });
  });

  it("prolongs no other session, whose tokens were being refreshed", async () => {
    const user = await newUser();
    const elsewhere = await logIn(db, user);
    await change(user);
    await json(api("/auth/refresh", { body: { refresh_token: elsewhere.refreshToken } }), 401);
  });
});

it("two logins at once both succeed though one renews the hash that the other has checked", async () => {
  const user = await newUser();
  const slow = interrupted(SESSION, () => logIn(db, user));
  await logIn(slow, user);
  expect(await sessionsOf(user)).toBe(3);
});

it("a login starts over where the hash of the same password was renewed, and is no failed one", async () => {
  const user = await newUser();
  const renewed = scryptHash(user.password, { ln: 2, r: 8, p: 1 });
  const slow = interrupted(SESSION, () => updatePasswordHash(db, user.id, renewed).run());
  await logIn(slow, user);
  const pair = await hmac(config.SECRET_KEY[0], "login", `pair:${user.id}:${address}`);
  const [row] = await loginFailuresOf(db, [pair]);
  expect(row).toMatchObject({ failures: 0, trusted: true });
});
