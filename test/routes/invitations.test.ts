import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { isFailedAssertion, openDatabase } from "../../src/db/client";
import { useInvitation } from "../../src/db/invitations";
import { insertUser, userByName } from "../../src/db/users";
import { sha256 } from "../../src/identity/hmac";
import type { Env } from "../../src/env";
import { api, json, newAdmin, newUser, type TestUser } from "../harness";

type Invitation = {
  id: number;
  email: string | null;
  created_by: number | null;
  expires_at: string;
  created_at: string;
};
type NewInvitation = Invitation & { token: string };

let admin: TestUser;
beforeAll(async () => {
  admin = await newAdmin();
});

const someone = () => `user-${crypto.randomUUID()}@example.com`;
const invite = (body: object = {}) =>
  json<NewInvitation>(api("/admin/invitations", { token: admin.token, body }));
const invitations = () => json<Invitation[]>(api("/admin/invitations", { token: admin.token }));

/** Registers where the server is configured so; the status and what it says. */
async function register(
  fields: { email?: string; invitation?: string | null },
  variables: Partial<Env> = { REGISTRATION: "invite" },
) {
  const body = { email: someone(), password: "password123", ...fields };
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await app.request("/auth/register", init, { ...env, ...variables });
  const { code, detail, access_token } = await answer.json<Record<string, string | undefined>>();
  return { status: answer.status, code, detail, token: access_token };
}

const refused = (code: string) => expect.objectContaining({ status: 403, code }) as unknown;
const welcome = expect.objectContaining({ status: 200, token: expect.any(String) as string }) as unknown;

describe("who may register", () => {
  it("is nobody where the operator has not chosen, and the answer says what they can do about it", async () => {
    const { token: invitation } = await invite();
    for (const REGISTRATION of ["", "closed"]) {
      const answer = await register({ invitation }, { REGISTRATION });
      expect(answer).toEqual(refused("registration_closed"));
      expect(answer.detail).toBe(
        "Registration is closed on this server. Its operator can set REGISTRATION to `invite` or `open`.",
      );
    }
    expect(await register({ invitation })).toEqual(welcome);
  });

  it("is anybody where it is open, but for the addresses of administrators", async () => {
    expect(await register({}, { REGISTRATION: "open" })).toEqual(welcome);
    const email = "Other-Admin@example.com";
    const early = await register({ email }, { REGISTRATION: "open" });
    expect(early).toEqual(refused("invitation_required"));
    const { token: unbound } = await invite();
    expect(await register({ email, invitation: unbound })).toEqual(refused("invitation_required"));
    const { token: own } = await invite({ email });
    const { token } = await register({ email, invitation: own }, { REGISTRATION: "open" });
    expect((await api("/admin/users", { token })).status).toBe(200);
  });

  it("is who has an invitation where it takes one", async () => {
    expect(await register({})).toEqual(refused("invitation_required"));
    expect(await register({ invitation: null })).toEqual(refused("invitation_required"));
    expect(await register({ invitation: (await invite()).token })).toEqual(welcome);
  });
});

describe("an invitation", () => {
  it("is good once", async () => {
    const { token: invitation } = await invite();
    expect(await register({ invitation })).toEqual(welcome);
    expect(await register({ invitation })).toEqual(refused("invitation_invalid"));
  });

  it("that a hundred use at the same moment lets one of them in", async () => {
    const { token } = await invite();
    const db = openDatabase(env.DB);
    const tokenHash = await sha256(token);
    const now = new Date();
    const use = async () => {
      const email = someone();
      const user = {
        email,
        username: email,
        passwordHash: "",
        fullName: null,
        createdAt: now,
        updatedAt: now,
      };
      const presented = { tokenHash, email, admins: ["admin@example.com"] };
      await db.batch([insertUser(db, user), ...useInvitation(db, presented)]);
      return email;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, use));
    const users = await Promise.all(
      outcomes.flatMap((it) => (it.status === "fulfilled" ? [userByName(db, it.value)] : [])),
    );
    expect(users.map((rows) => rows.length)).toEqual([1]);
    const reasons = outcomes.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
    expect(reasons.every(isFailedAssertion)).toBe(true);
  });

  it("that was given is used up where registration is open, too", async () => {
    const { token: invitation, id } = await invite();
    expect(await register({ invitation }, { REGISTRATION: "open" })).toEqual(welcome);
    expect((await invitations()).map((one) => one.id)).not.toContain(id);
    expect(await register({ invitation }, { REGISTRATION: "open" })).toEqual(refused("invitation_invalid"));
  });

  it("is not used up by a registration that fails", async () => {
    const { token: invitation } = await invite();
    const { email } = await newUser();
    expect(await register({ email, invitation })).toMatchObject({ status: 400, code: "email_taken" });
    expect(await register({ invitation })).toEqual(welcome);
  });

  it("that names an address is good for that address alone, whatever its case", async () => {
    const email = someone();
    const { token: invitation } = await invite({ email: email.toUpperCase() });
    expect(await register({ invitation })).toEqual(refused("invitation_invalid"));
    expect(await register({ email: email.toUpperCase(), invitation })).toEqual(welcome);
  });

  it("that is unknown, revoked or expired lets nobody in", async () => {
    const revoked = await invite();
    const path = `/admin/invitations/${revoked.id}`;
    await json(api(path, { token: admin.token, method: "DELETE" }));
    await json(api(path, { token: admin.token, method: "DELETE" }), 404);
    const expired = await invite();
    await env.DB.prepare("UPDATE invitations SET expires_at = ? WHERE id = ?")
      .bind(Date.now() - 1, expired.id)
      .run();
    for (const invitation of ["", "x", "💥", revoked.token, expired.token]) {
      expect(await register({ invitation }), invitation).toEqual(refused("invitation_invalid"));
    }
    expect((await invitations()).map(({ id }) => id)).not.toContain(expired.id);
  });

  it("ends with its maker's being an administrator", async () => {
    const { token: invitation } = await invite();
    const others = { REGISTRATION: "invite", ADMIN_EMAILS: "other-admin@example.com" };
    expect(await register({ invitation }, others)).toEqual(refused("invitation_invalid"));
    expect(await register({ invitation })).toEqual(welcome);
  });

  it("is shown once, kept as a hash, and good for 7 days unless another number was given", async () => {
    const email = someone();
    const { token, ...made } = await invite({ email });
    expect(token).toMatch(/^dpi_[\w-]{43}$/);
    expect(await invitations()).toContainEqual(made);
    expect(made).toMatchObject({ email, created_by: admin.id });
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(7 * 86_400_000);
    const { results } = await env.DB.prepare("SELECT * FROM invitations WHERE id = ?").bind(made.id).all();
    expect(JSON.stringify(results)).not.toContain(token.slice(4));
    const brief = await invite({ expires_in_days: 1 });
    expect(Date.parse(brief.expires_at) - Date.parse(brief.created_at)).toBe(86_400_000);
    for (const expires_in_days of [0, 91, 1.5]) {
      await json(api("/admin/invitations", { token: admin.token, body: { expires_in_days } }), 422);
    }
  });

  it("is found again page by page", async () => {
    const made = [await invite(), await invite(), await invite()].map(({ id }) => id);
    const seen: number[] = [];
    let next: string | undefined = `/admin/invitations?limit=2&cursor=${made[0]! - 1 || 1}`;
    while (next) {
      const answer = await api(next, { token: admin.token });
      seen.push(...(await json<Invitation[]>(answer.clone())).map(({ id }) => id));
      next = /<(.+)>/.exec(answer.headers.get("link") ?? "")?.[1];
    }
    expect(seen.slice(-3)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
