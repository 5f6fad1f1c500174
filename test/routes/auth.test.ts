import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../harness";

const address = () => `user-${crypto.randomUUID()}@example.com`;
const name = () => `name-${crypto.randomUUID()}`;
const password = "password123";
type Tokens = { access_token: string; refresh_token: string };
const register = (body: Record<string, unknown>) => api("/auth/register", { body: { password, ...body } });

describe("registering", () => {
  it("logs in, with the tokens the original platform gives", async () => {
    const tokens = await json<Tokens>(register({ email: address() }));
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 1800 });
    await json(api("/auth/me", { token: tokens.access_token }));
  });

  it("lower-cases and trims the e-mail address, and takes it for the user name", async () => {
    const email = address();
    const { access_token } = await json<Tokens>(register({ email: `  ${email.toUpperCase()} ` }));
    const me = await json(api("/auth/me", { token: access_token }));
    expect(me).toMatchObject({ email, username: email, full_name: null, is_active: true });
    expect(Object.keys(me).toSorted()).toEqual(
      ["created_at", "email", "full_name", "id", "is_active", "memory", "updated_at", "username"].toSorted(),
    );
  });

  it("refuses an address or a user name that is taken, whatever its case", async () => {
    const [email, username] = [address(), name()];
    await json(register({ email, username }));
    const again = await json(register({ email: email.toUpperCase() }), 400);
    expect(again).toMatchObject({ detail: "Email already registered", code: "email_taken" });
    const other = await json(register({ email: address(), username: username.toUpperCase() }), 400);
    expect(other).toMatchObject({ detail: "Username already taken", code: "username_taken" });
  });

  it("twice at once makes one user", async () => {
    const email = address();
    const answers = await Promise.all([register({ email }), register({ email })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });

  it("cannot take somebody else's address as a user name, and so keep them out", async () => {
    const email = address();
    await json(register({ email: address(), username: email }), 422);
    await json(register({ email, username: email.toUpperCase() }));
  });

  it.each([
    ["an address that is none", { email: "nobody" }],
    ["an address that is too long", { email: `${"a".repeat(250)}@example.com` }],
    ["a short password", { password: "1234567" }],
    ["a password that is too long", { password: "x".repeat(1025) }],
    ["a password with half a character", { password: "password\ud800" }],
    ["no password", { password: undefined }],
    ["a user name with a line break", { username: "two\nlines" }],
  ])("refuses %s", async (_, wrong) => {
    expect(await json(register({ email: address(), ...wrong }), 422)).toMatchObject({
      code: "validation_failed",
    });
  });
});

describe("logging in", () => {
  it("takes the address or the user name, in either field", async () => {
    const [email, username] = [address(), name()];
    await json(register({ email, username }));
    for (const who of [{ email }, { email: email.toUpperCase() }, { username: email }, { username }]) {
      await json(api("/auth/login", { body: { ...who, password } }));
    }
  });

  it("says the same of a wrong password and of an account that does not exist", async () => {
    const { email } = await newUser();
    for (const who of [email, address()]) {
      const answer = await api("/auth/login", { body: { email: who, password: "wrong password" } });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await json(answer, 401)).toMatchObject({ detail: "Incorrect email or password" });
    }
  });

  it("does not trim the password", async () => {
    const { email } = await newUser();
    await json(api("/auth/login", { body: { email, password: `${password} ` } }), 401);
  });

  it("asks for a name", async () => {
    await json(api("/auth/login", { body: { password } }), 422);
  });
});

describe("being signed in", () => {
  it("is confirmed by /auth/verify", async () => {
    const { id, email, token } = await newUser();
    const verdict = await json(api("/auth/verify", { token }));
    expect(verdict).toEqual({ valid: true, user_id: id, username: email, email });
  });

  it("takes the scheme in any case", async () => {
    const { token } = await newUser();
    for (const scheme of ["bearer", "BEARER"]) {
      await json(api("/auth/me", { headers: { authorization: `${scheme} ${token}` } }));
    }
  });

  it("is not achieved by a refresh token, nor by a token elsewhere than in the header", async () => {
    const { token, refreshToken } = await newUser();
    const attempts: [string, Record<string, string>][] = [
      ["/auth/me", {}],
      ["/auth/me", { authorization: "Bearer" }],
      ["/auth/me", { authorization: "Bearer " }],
      ["/auth/me", { authorization: token }],
      ["/auth/me", { authorization: `Basic ${token}` }],
      ["/auth/me", { authorization: `Bearer ${refreshToken}` }],
      ["/auth/me", { cookie: `access_token=${token}` }],
      [`/auth/me?access_token=${token}`, {}],
    ];
    for (const [path, headers] of attempts) {
      const answer = await api(path, { headers });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await json(answer, 401)).toMatchObject({ detail: "Could not validate credentials" });
    }
  });

  it("is not prolonged by an access token in a refresh token's place", async () => {
    const { token } = await newUser();
    await json(api("/auth/refresh", { body: { refresh_token: token } }), 401);
  });
});

describe("logging out", () => {
  it.each([
    ["with a refresh token", (token: string) => ({ body: { refresh_token: token } })],
    ["without a body", () => ({ method: "POST" })],
    [
      "without a body that is announced as JSON",
      () => ({
        method: "POST",
        headers: { "content-type": "application/json" },
      }),
    ],
  ])("ends both tokens, %s", async (_, call) => {
    const { token, refreshToken } = await newUser();
    const answer = await json(api("/auth/logout", { token, ...call(refreshToken) }));
    expect(answer).toEqual({ message: "Successfully logged out" });
    await json(api("/auth/me", { token }), 401);
    await json(api("/auth/refresh", { body: { refresh_token: refreshToken } }), 401);
  });

  it("does not end another user's session, whose refresh token was sent along", async () => {
    const [user, other] = [await newUser(), await newUser()];
    await json(api("/auth/logout", { token: user.token, body: { refresh_token: other.refreshToken } }));
    await json(api("/auth/me", { token: other.token }));
  });
});

describe("changing the password", () => {
  const change = (token: string, current_password: string, new_password: string) =>
    api("/auth/change-password", { token, body: { current_password, new_password } });

  it("makes the new one the only one", async () => {
    const { email, token } = await newUser();
    const answer = await json(change(token, password, "another password"));
    expect(answer).toEqual({
      message: "Password changed successfully",
      revoked_api_keys: [],
      kept_api_keys: [],
    });
    await json(api("/auth/login", { body: { email, password } }), 401);
    await json(api("/auth/login", { body: { email, password: "another password" } }));
  });

  it("needs the current one, and a new one that is long enough", async () => {
    const { email, token } = await newUser();
    expect(await json(change(token, "wrong password", "another password"), 400)).toMatchObject({
      code: "wrong_password",
    });
    await json(change(token, password, "short"), 422);
    await json(api("/auth/login", { body: { email, password } }));
  });
});
