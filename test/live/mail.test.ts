import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { api } from "./client.ts";
import { startServer, type Server } from "./server.ts";

const SECRET = "a-webhook-secret-for-live-tests";
const password = "password123";

type Received = {
  headers: IncomingHttpHeaders;
  raw: string;
  mail: { to: string; purpose: string; text: string };
};

/** A webhook of one's own, as an operator would write it. While it is `holding` it takes mails and answers none. */
async function startWebhook() {
  const received: Received[] = [];
  const state = { holding: false };
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    let raw = "";
    request.setEncoding("utf8").on("data", (text: string) => (raw += text));
    request.on("end", () => {
      const mail = JSON.parse(raw) as Received["mail"];
      received.push({ headers: request.headers, raw, mail });
      const answer = () => void response.writeHead(204).end();
      if (state.holding) waiting.push(answer);
      else answer();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/mails`,
    received,
    hold: () => (state.holding = true),
    release: () => {
      state.holding = false;
      for (const answer of waiting.splice(0)) answer();
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let webhook: Awaited<ReturnType<typeof startWebhook>>;
let server: Server;

beforeAll(async () => {
  webhook = await startWebhook();
  const vars = {
    MAIL_URL: webhook.url,
    MAIL_FROM: "Persona <hello@persona.test>",
    MAIL_TOKEN: SECRET,
    PUBLIC_URL: "https://persona.test",
    EMAIL_VERIFICATION: "required",
  };
  server = await startServer({ vars });
});

afterAll(async () => {
  await server?.stop();
  webhook?.stop();
});

const post = (path: string, body: object, status = 200) => api(`${server.url}/auth${path}`, { body }, status);

/** The latest mail of this kind to an address, as soon as it has arrived. */
async function mailTo(to: string, purpose: string): Promise<Received> {
  const find = () => webhook.received.findLast(({ mail }) => mail.to === to && mail.purpose === purpose);
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  return find()!;
}

const tokenIn = ({ mail }: Received) => /#token=(dpm_[\w-]{43})/.exec(mail.text)![1]!;

async function verifiedUser() {
  const email = `user-${randomUUID()}@example.com`;
  await post("/register", { email, password }, 202);
  await post("/verify", { token: tokenIn(await mailTo(email, "verify_email")) });
  return email;
}

describe("mails by a webhook, over real sockets", () => {
  test("let a user in, and back in with a new password; each signed so that the webhook can check it", async () => {
    const email = await verifiedUser();
    const { access_token: token } = await post("/login", { email, password });
    await post("/password/forgot", { email }, 202);
    const sent = await mailTo(email, "reset_password");
    await post("/password/reset", { token: tokenIn(sent), password: "a new password" });
    await mailTo(email, "password_changed");
    await api(`${server.url}/auth/me`, { token: token as string }, 401);
    await post("/login", { email, password }, 401);
    await post("/login", { email, password: "a new password" });
    const signed = `${sent.headers["webhook-id"] as string}.${sent.headers["webhook-timestamp"] as string}.${sent.raw}`;
    const expected = createHmac("sha256", SECRET).update(signed).digest("base64");
    expect(sent.headers["webhook-signature"]).toBe(`v1,${expected}`);
  });

  test("one code that comes four times at once sets one password", async () => {
    const email = await verifiedUser();
    await post("/password/forgot", { email }, 202);
    const token = tokenIn(await mailTo(email, "reset_password"));
    const passwords = Array.from({ length: 4 }, (_, n) => `password number ${n}`);
    const statuses = await Promise.all(
      passwords.map(async (password) => {
        const answer = await fetch(`${server.url}/auth/password/reset`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ token, password }),
        });
        await answer.body?.cancel();
        return answer.status;
      }),
    );
    const won = statuses.indexOf(200);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    await post("/login", { email, password: passwords[won]! });
  });

  test("that the webhook does not take keep nobody waiting, and go out after the client has left", async () => {
    const email = await verifiedUser();
    const delivered = () =>
      server.logs().match(/"purpose":"reset_password"[^\n]*"outcome":204/g)?.length ?? 0;
    const before = delivered();
    webhook.hold();
    // The webhook answers nothing before this has.
    await post("/password/forgot", { email }, 202);
    await mailTo(email, "reset_password");
    expect(delivered()).toBe(before);
    webhook.release();
    await expect.poll(delivered, { timeout: 30_000 }).toBe(before + 1);
    expect(server.logs()).not.toContain(email);
  });
});
