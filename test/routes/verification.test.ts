import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "../../src/db/client";
import { insertInvitation } from "../../src/db/invitations";
import { userById } from "../../src/db/users";
import { isAdministrator } from "../../src/identity/administrators";
import { newInvitation } from "../../src/identity/invitations";
import { registerUnverified } from "../../src/identity/mail-tokens";
import { watchDatabase } from "../database";
import { json, newAdmin, newUser } from "../harness";
import { mailApp, newAddress, tokenIn } from "../mail/harness";

afterEach(() => vi.restoreAllMocks());

const password = "password123";
const UNINVITED = { invitation: null, vouchedAt: null };
const strict = () => mailApp({ EMAIL_VERIFICATION: "required" });
type App = ReturnType<typeof strict>;

const register = ({ post }: App, body: object) => post("/auth/register", { password, ...body });
const login = ({ post }: App, email: string, own = password) => post("/auth/login", { email, password: own });
const purposes = ({ mailsTo }: App, email: string) => mailsTo(email).map(({ purpose }) => purpose);

async function registered(app: App) {
  const email = newAddress();
  await json(register(app, { email }), 202);
  return { email, token: tokenIn(app.mailsTo(email)[0]!) };
}

async function verified(app: App) {
  const { email, token } = await registered(app);
  await json(app.post("/auth/verify", { token }));
  return email;
}

describe("where addresses must be verified", () => {
  it("registering logs nobody in; the code from the mail and the password do", async () => {
    const app = strict();
    const { email, token } = await registered(app);
    expect(await json(login(app, email), 403)).toMatchObject({ code: "email_unverified" });
    expect(Object.keys(await json(app.post("/auth/verify", { token })))).toEqual(["message"]);
    await json(login(app, email));
  });

  it("only who knows the password is told that an address is not", async () => {
    const app = strict();
    const { email } = await registered(app);
    expect(await json(login(app, email, "a wrong guess"), 401)).toMatchObject({ code: "wrong_credentials" });
  });

  it("registering does not tell, by its answer or its work, whether an address is taken; its owner is told", async () => {
    const app = strict();
    const taken = await verified(app);
    const { email: waiting } = await registered(app);
    const seen = [];
    for (const email of [newAddress(), taken, waiting]) {
      const database = watchDatabase();
      const answer = await register(app, { email });
      database.restore();
      seen.push({ status: answer.status, body: await answer.text(), asked: database.asked });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(purposes(app, taken)).toEqual(["verify_email", "already_registered"]);
    expect(app.mailsTo(taken)[1]!.text).not.toContain("dpm_");
  });

  it("a stranger who registers again with an address changes nothing there, and writes its owner once", async () => {
    const app = strict();
    const email = await verified(app);
    for (const _ of Array(3)) {
      await json(
        register(app, { email, password: "a stranger's", username: `name-${crypto.randomUUID()}` }),
        202,
      );
    }
    await json(login(app, email, "a stranger's"), 401);
    await json(login(app, email));
    expect(purposes(app, email)).toEqual(["verify_email", "already_registered"]);
  });

  it("who comes after a stranger that registered with their address takes the account with a password of their own", async () => {
    const app = strict();
    const { email } = await registered(app);
    await json(register(app, { email, password: "the owner's own" }), 202);
    expect(purposes(app, email)).toEqual(["verify_email", "reset_password"]);
    const token = tokenIn(app.mailsTo(email)[1]!);
    await json(app.post("/auth/password/reset", { token, password: "the owner's own" }));
    await json(login(app, email), 401);
    await json(login(app, email, "the owner's own"));
  });

  it("a user name that is taken is refused, whatever the address, and no mail goes out", async () => {
    const app = strict();
    const username = `name-${crypto.randomUUID()}`;
    const email = newAddress();
    await json(register(app, { email, username }), 202);
    await json(app.post("/auth/password/forgot", { email }), 202);
    const before = app.calls.length;
    for (const address of [newAddress(), email]) {
      const answer = await json(register(app, { email: address, username: username.toUpperCase() }), 400);
      expect(answer).toMatchObject({ code: "username_taken" });
    }
    expect(app.calls).toHaveLength(before);
    const token = tokenIn(app.mailsTo(email).at(-1)!);
    await json(app.post("/auth/password/reset", { token, password }));
  });

  it("registering twice at once makes one user", async () => {
    const app = strict();
    const email = newAddress();
    const answers = await Promise.all([register(app, { email }), register(app, { email })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const { results } = await env.DB.prepare("SELECT id FROM users WHERE email = ?").bind(email).all();
    expect(results).toHaveLength(1);
    expect(purposes(app, email).toSorted()).toEqual(["reset_password", "verify_email"]);
  });

  it("an account of before, which nobody has verified, is not opened by it", async () => {
    const app = strict();
    const { email, password: own } = await newUser();
    await json(login(app, email, own), 403);
    await json(app.post("/auth/verify/resend", { email }), 202);
    await json(app.post("/auth/verify", { token: tokenIn(app.mailsTo(email)[0]!) }));
    await json(login(app, email, own));
  });

  it("whoever sets a new password by mail has verified the address", async () => {
    const app = strict();
    const { email } = await registered(app);
    await json(app.post("/auth/password/forgot", { email }), 202);
    const token = tokenIn(app.mailsTo(email)[1]!);
    await json(app.post("/auth/password/reset", { token, password: "another password" }));
    await json(login(app, email, "another password"));
  });
});

describe("the code", () => {
  it("works once, for thirty minutes, and for nothing but what it was sent for", async () => {
    const app = strict();
    const { token } = await registered(app);
    await json(app.post("/auth/password/reset", { token, password }), 400);
    await json(app.post("/auth/verify", { token }));
    expect(await json(app.post("/auth/verify", { token }), 400)).toMatchObject({
      code: "mail_token_invalid",
    });
    const registration = {
      email: newAddress(),
      username: null,
      fullName: null,
      password,
      admission: UNINVITED,
    };
    const late = await registerUnverified(openDatabase(env.DB), registration, Date.now() - 31 * 60_000);
    await json(app.post("/auth/verify", { token: late!.token }), 400);
  });

  it("is sent again on request, and replaces the older one", async () => {
    const app = strict();
    const { email, token } = await registered(app);
    await json(app.post("/auth/verify/resend", { email }), 202);
    await json(app.post("/auth/verify", { token }), 400);
    await json(app.post("/auth/verify", { token: tokenIn(app.mailsTo(email)[1]!) }));
  });

  it("is asked for with the same answer, by the same statements, where there is nothing to verify", async () => {
    const app = strict();
    const { email: waiting } = await registered(app);
    const seen = [];
    for (const email of [waiting, await verified(app), newAddress()]) {
      const database = watchDatabase();
      const answer = await app.post("/auth/verify/resend", { email });
      database.restore();
      seen.push({ status: answer.status, body: await answer.text(), asked: database.asked });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(app.calls.filter(({ body }) => body.to !== waiting)).toHaveLength(1);
  });
});

describe("where addresses must be verified and not everybody may register", () => {
  const uninvited = (REGISTRATION: string) => mailApp({ EMAIL_VERIFICATION: "required", REGISTRATION });
  const idOf = (email: string) => env.DB.prepare("SELECT id FROM users WHERE email = ?").bind(email).first();
  const invite = async (bound: string | null = null) => {
    const admin = await newAdmin(newAddress());
    const caller = { userId: admin.id, sessionId: "" };
    const { row, token } = await newInvitation(caller, { email: bound, days: 7 });
    await insertInvitation(openDatabase(env.DB), { ...row, createdBy: null });
    return token;
  };

  it("closed is closed: nobody is made and no mail goes out", async () => {
    const app = uninvited("closed");
    const email = newAddress();
    const body = { email, invitation: await invite() };
    expect(await json(register(app, body), 403)).toMatchObject({ code: "registration_closed" });
    expect(await idOf(email)).toBeNull();
    expect(app.calls).toHaveLength(0);
  });

  it("an invitation lets one in, and is not used up by a user name that is taken", async () => {
    const app = uninvited("invite");
    const [email, taken] = [newAddress(), `name-${crypto.randomUUID()}`];
    expect(await json(register(app, { email }), 403)).toMatchObject({ code: "invitation_required" });
    await json(register(app, { email: newAddress(), username: taken, invitation: await invite() }), 202);
    const invitation = await invite();
    await json(register(app, { email, username: taken, invitation }), 400);
    await json(register(app, { email, invitation }), 202);
    await json(app.post("/auth/verify", { token: tokenIn(app.mailsTo(email)[0]!) }));
    await json(login(app, email));
    const again = await json(register(app, { email: newAddress(), invitation }), 403);
    expect(again).toMatchObject({ code: "invitation_invalid" });
  });

  it("of two that use an invitation at once one is let in, and an invitation is used up by an address that is taken, too", async () => {
    const app = uninvited("invite");
    const [one, other, invitation] = [newAddress(), newAddress(), await invite()];
    const answers = await Promise.all([one, other].map((email) => register(app, { email, invitation })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 403]);
    const made = (await idOf(one)) ? one : other;
    const next = await invite();
    await json(register(app, { email: made, invitation: next }), 202);
    await json(register(app, { email: newAddress(), invitation: next }), 403);
  });
});

describe("an address of ADMIN_EMAILS", () => {
  const isAdmin = async (id: number, email: string) => {
    const [user] = await userById(openDatabase(env.DB), id);
    return isAdministrator(user!, { ADMIN_EMAILS: [email] });
  };

  it("that is verified makes no administrator; a reset that leaves nobody else in does", async () => {
    const app = strict();
    const { id, email } = await newUser();
    await json(app.post("/auth/verify/resend", { email }), 202);
    await json(app.post("/auth/verify", { token: tokenIn(app.mailsTo(email)[0]!) }));
    expect(await isAdmin(id, email)).toBe(false);
    for (const keep_api_keys of [true, false]) {
      await json(app.post("/auth/password/forgot", { email }), 202);
      const token = tokenIn(app.mailsTo(email).findLast(({ purpose }) => purpose === "reset_password")!);
      await json(app.post("/auth/password/reset", { token, password, keep_api_keys }));
      expect(await isAdmin(id, email)).toBe(!keep_api_keys);
    }
  });
});

describe("where they need not be", () => {
  it("registering logs in and says who is taken, as ever, and sends no mail", async () => {
    const app = mailApp();
    const email = newAddress();
    expect(await json(register(app, { email }))).toHaveProperty("access_token");
    expect(await json(register(app, { email }), 400)).toMatchObject({ code: "email_taken" });
    await json(login(app, email));
    expect(app.calls).toHaveLength(0);
  });
});

it("a console that is called from elsewhere registers nobody: no mail would reach them", async () => {
  const app = mailApp({ MAIL_URL: "console", EMAIL_VERIFICATION: "required" });
  const email = newAddress();
  expect(await json(register(app, { email }), 503)).toMatchObject({ code: "mail_not_configured" });
  expect(await env.DB.prepare("SELECT id FROM users WHERE email = ?").bind(email).first()).toBeNull();
});
