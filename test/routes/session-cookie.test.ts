import { describe, expect, it } from "vitest";

import { api, json, newUser, type TestUser } from "../harness";

const ORIGIN = "https://persona.test";
const own = { origin: ORIGIN };

type Tokens = { access_token: string; refresh_token?: string };

const login = ({ email, password }: TestUser, headers: Record<string, string> = own) =>
  api("/auth/login", { body: { email, password, cookie: true }, headers });

const cookieOf = (answer: Response) => answer.headers.get("set-cookie") ?? "";
const pairOf = (answer: Response) => cookieOf(answer).split(";")[0]!;

const refresh = (cookie: string, headers: Record<string, string> = own, body: object = { cookie: true }) =>
  api("/auth/refresh", { body, headers: { cookie, ...headers } });

describe("a session in a cookie", () => {
  it("gives the page an access token, and the browser a refresh token that no script reads", async () => {
    const answer = await login(await newUser());
    expect(cookieOf(answer)).toMatch(/^refresh_token=dpr_[\w-]+;/);
    for (const attribute of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/auth", "Max-Age=604800"])
      expect(cookieOf(answer).split("; ")).toContain(attribute);
    expect(cookieOf(answer)).not.toMatch(/domain/i);
    const tokens = await json<Tokens>(answer);
    expect(tokens).not.toHaveProperty("refresh_token");
    await json(api("/auth/me", { token: tokens.access_token }));
  });

  it("begins at registering, too", async () => {
    const body = { email: `${crypto.randomUUID()}@example.com`, password: "password123", cookie: true };
    const answer = await api("/auth/register", { body, headers: own });
    expect(cookieOf(answer)).toContain("refresh_token=dpr_");
    expect(await json(answer)).not.toHaveProperty("refresh_token");
  });

  it("goes on with a new cookie at each refresh", async () => {
    const first = await login(await newUser());
    const second = await refresh(pairOf(first));
    expect(pairOf(second)).toMatch(/^refresh_token=dpr_/);
    expect(pairOf(second)).not.toBe(pairOf(first));
    const { access_token, refresh_token } = await json<Tokens>(second);
    expect(refresh_token).toBeUndefined();
    await json(api("/auth/me", { token: access_token }));
  });

  it("ends with its cookie at logging out", async () => {
    const answer = await login(await newUser());
    const { access_token } = await json<Tokens>(answer.clone() as Response);
    const out = await api("/auth/logout", { token: access_token, body: { cookie: true } });
    expect(cookieOf(out)).toMatch(/^refresh_token=;/);
    expect(cookieOf(out)).toContain("Max-Age=0");
    await json(out);
    await json(refresh(pairOf(answer)), 401);
  });
});

describe("another site", () => {
  const strangers: [string, Record<string, string>][] = [
    ["names itself", { origin: "https://evil.test" }],
    ["is the same host without TLS", { origin: "http://persona.test" }],
    ["is a sandbox", { origin: "null" }],
    ["names nobody", {}],
  ];

  it.each(strangers)("that %s cannot use a browser's session", async (_, headers) => {
    const first = await login(await newUser());
    const answer = await refresh(pairOf(first), headers);
    expect(cookieOf(answer)).toBe("");
    expect(await json(answer, 403)).toMatchObject({ code: "forbidden" });
    await json(refresh(pairOf(first)));
  });

  it.each(strangers)("that %s cannot sign a browser in as somebody of its choice", async (_, headers) => {
    const answer = await login(await newUser(), headers);
    expect(cookieOf(answer)).toBe("");
    await json(answer, 403);
    const body = { email: `${crypto.randomUUID()}@example.com`, password: "password123", cookie: true };
    await json(api("/auth/register", { body, headers }), 403);
  });

  it("cannot send a form: what is no JSON is refused before the cookie is looked at", async () => {
    const cookie = pairOf(await login(await newUser()));
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"]) {
      const headers = { cookie, origin: ORIGIN, "content-type": type };
      await json(api("/auth/refresh", { method: "POST", text: '{"cookie":true}', headers }), 415);
    }
  });

  it("has no use for the cookie where it is not asked for: nowhere does it stand for an access token", async () => {
    const cookie = pairOf(await login(await newUser()));
    await json(refresh(cookie, own, {}), 422);
    await json(refresh(cookie, own, { refresh_token: "dpr_x" }), 401);
    for (const path of ["/auth/me", "/auth/sessions", "/personas"])
      await json(api(path, { headers: { cookie, ...own } }), 401);
    for (const path of ["/auth/logout", "/auth/api-keys"])
      await json(api(path, { method: "POST", headers: { cookie, ...own } }), 401);
  });
});

describe("without a cookie", () => {
  it("the tokens are in the body, as they always were", async () => {
    const { email, password } = await newUser();
    const answer = await api("/auth/login", { body: { email, password } });
    expect(cookieOf(answer)).toBe("");
    const { refresh_token } = await json<Tokens>(answer);
    const again = await api("/auth/refresh", { body: { refresh_token } });
    expect(cookieOf(again)).toBe("");
    expect((await json<Tokens>(again)).refresh_token).toMatch(/^dpr_/);
  });
});
