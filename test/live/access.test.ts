import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { api, newConversation, openStream } from "./client.ts";
import { startServer, type Server } from "./server.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

/** Who may come in, and who must go, over real sockets. */
const ADMIN = "admin@example.com";
const LATE = "late@example.com";
/** How many come at once. Each hashes a password, a quarter of a second of the server's time or more. */
const CROWD = 100;
const CROWD_MS = 5 * 60_000;
/** Long enough for a server to start beside others. */
const START_MS = 120_000;

let upstream: Upstream;
let server: Server;
let admin: string;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer({
    vars: {
      OPENAI_API_KEY: "sk-live-test",
      OPENAI_BASE_URL: upstream.url,
      RATE_LIMITS: "off",
      ADMIN_EMAILS: `${ADMIN},other@example.com`,
    },
  });
  const { invitation } = await server.invite(ADMIN);
  ({ access_token: admin } = await register({ email: ADMIN, invitation }).then(({ body }) => body));
});
afterAll(async () => {
  await server?.stop();
  await upstream?.stop();
});

type Body = { access_token: string; code?: string; detail?: string };

async function register(fields: { email: string; invitation?: string | undefined }, at = server) {
  const answer = await fetch(`${at.url}/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ password: "password123", ...fields }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

/** How many came in; the others must have been refused with one of these codes. */
function welcomed(answers: Awaited<ReturnType<typeof register>>[], ...codes: string[]) {
  const refused = answers.filter(({ status }) => status !== 200);
  for (const { status, body } of refused) expect(codes).toContain(`${status} ${body.code}`);
  return answers.length - refused.length;
}

/** More passwords to hash than the server has patience for. */
const BUSY = "503 overloaded";

const accounts = (email: string) =>
  api<{ id: number; email: string }[]>(`${server.url}/admin/users?email=${email}`, { token: admin });

describe(`${CROWD} at the same time`, () => {
  const crowd = <T>(one: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: CROWD }, (_, n) => one(n)));

  test(
    "with one invitation: one of them comes in, and the others leave nothing behind",
    { timeout: CROWD_MS },
    async () => {
      const { token: invitation } = await api<{ token: string }>(`${server.url}/admin/invitations`, {
        token: admin,
        body: {},
      });
      const prefix = `crowd-${randomUUID()}`;
      const answers = await crowd((n) => register({ email: `${prefix}-${n}@example.com`, invitation }));
      expect(welcomed(answers, "403 invitation_invalid", BUSY)).toBe(1);
      expect(await accounts(prefix)).toHaveLength(1);
    },
  );

  test("with one e-mail address: one account, one welcome", { timeout: CROWD_MS }, async () => {
    const email = `twin-${randomUUID()}@example.com`;
    const answers = await crowd(() => register({ email }));
    expect(welcomed(answers, "400 email_taken", BUSY)).toBe(1);
    expect(await accounts(email)).toHaveLength(1);
  });
});

test("the operator's invitation makes the first administrator; of an account that is there already it says so and waits to be told", async () => {
  await api(`${server.url}/admin/users`, { token: admin });
  const known = await server.invite(ADMIN.toUpperCase());
  expect(known).toEqual({
    invitation: undefined,
    said: expect.stringMatching(
      /^User \d+ has had this address since \S+Z\. If that is you, run this again with --existing/,
    ) as string,
  });
  expect((await register({ email: LATE })).status).toBe(200);
  expect((await server.invite(LATE, "--existing")).said).toMatch(
    /^User \d+ counts as the owner of late@example\.com\.\n$/,
  );
  for (const wrong of ["", "x", "a'b@example.com"]) {
    expect((await server.invite(wrong)).said).toMatch(/^Usage: /);
  }
});

test("a user who is deactivated while a reply is written loses the reply, their sessions and their readers", async () => {
  const gate = Promise.withResolvers<void>();
  upstream.next([{ text: "Once upon" }, { until: gate.promise }]);
  const talk = await newConversation(server.url);
  const stream = await openStream(`${talk.url}/send`, { token: talk.token, body: { content: "A story." } });
  await stream.events.next();
  const [user] = await accounts(talk.email);
  await api(`${server.url}/admin/users/${user!.id}`, {
    token: admin,
    method: "PUT",
    body: { is_active: false },
  });
  let last: string | undefined;
  for await (const { event } of stream.events) last = event;
  expect(last).toBe("turn.stopped");
  await api(`${talk.url}/messages`, { token: talk.token }, 401);
  gate.resolve();
});

test("a deployment where nobody chose is closed, and says so", { timeout: START_MS }, async () => {
  await using fresh = await startServer({ vars: { REGISTRATION: "" } });
  const { status, body } = await register({ email: "user@example.com" }, fresh);
  expect([status, body.code]).toEqual([403, "registration_closed"]);
  expect(body.detail).toMatch(/^Registration is closed on this server\./);
});
