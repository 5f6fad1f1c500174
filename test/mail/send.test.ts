import { createHmac } from "node:crypto";

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { configOf, type Env } from "../../src/env";
import { writeMail } from "../../src/mail/letters";
import type { Mail } from "../../src/mail/mail";
import { deliver, senderOf } from "../../src/mail/send";
import { scriptMailServer } from "./harness";

const FROM = "Persona <hello@persona.test>";
const MAIL: Mail = { to: "sam@example.com", subject: "Hello", text: "Hi Sam", purpose: "reset_password" };
const AT_ONCE = { timeoutMs: 20, waitMs: 0 };

const configured = (MAIL_URL: string, MAIL_TOKEN = "a-secret") =>
  configOf({ ...env, MAIL_URL, MAIL_FROM: FROM, MAIL_TOKEN } as Env);

async function send(url: string, token?: string) {
  const config = configured(url, token);
  await deliver(senderOf(config, "persona.test")!, config, MAIL, "request-1", AT_ONCE);
}

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  for (const method of ["log", "error"] as const)
    vi.spyOn(console, method).mockImplementation((text: string) => void lines.push(text));
});
afterEach(() => vi.restoreAllMocks());
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe("a mail", () => {
  it("goes to Resend as its API takes it, with a key that makes it one mail however often it is tried", async () => {
    const calls = scriptMailServer(500, 200);
    await send("https://api.resend.com");
    expect(calls.map(({ url }) => url)).toEqual(Array(2).fill("https://api.resend.com/emails"));
    const { to, subject, text } = MAIL;
    expect(calls[0]!.body).toEqual({ from: FROM, to: [to], subject, text });
    expect(calls[0]!.headers.get("authorization")).toBe("Bearer a-secret");
    expect(calls[0]!.headers.get("user-agent")).toBeTruthy();
    const [first, second] = calls.map(({ headers }) => headers.get("idempotency-key"));
    expect(first).toMatch(/^[\w-]{36}$/);
    expect(second).toBe(first);
  });

  it("goes to Postmark as its API takes it, past its trackers", async () => {
    const calls = scriptMailServer(200);
    await send("https://api.postmarkapp.com/email");
    expect(calls[0]!.url).toBe("https://api.postmarkapp.com/email");
    expect(calls[0]!.headers.get("x-postmark-server-token")).toBe("a-secret");
    expect(calls[0]!.body).toEqual({
      From: FROM,
      To: MAIL.to,
      Subject: MAIL.subject,
      TextBody: MAIL.text,
      TrackOpens: false,
      TrackLinks: "None",
    });
  });

  it.each([
    ["a text", "a-secret", Buffer.from("a-secret")],
    ["as libraries for it make them", "whsec_c2VjcmV0", Buffer.from("secret")],
  ])("goes to a webhook, signed by Standard Webhooks with a secret that is %s", async (_, secret, key) => {
    const bodies: string[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const { headers, body } = init as { headers: Record<string, string>; body: string };
      expect(url).toBe("https://mail.test/hook?a=b");
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      const expected = createHmac("sha256", key).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
      bodies.push(body);
      return new Response();
    });
    await send("https://mail.test/hook?a=b", secret);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ ...MAIL, from: FROM }]);
  });
});

describe("sending", () => {
  const faults = [
    ["a server that is down", 503],
    ["one that is busy", 429],
    ["a lost connection", new Error("Network connection lost to sam@example.com.")],
    ["one that says nothing", "silence"],
  ] as const;

  it.each(faults)("is tried once more after %s", async (_, fault) => {
    const calls = scriptMailServer(fault, 200);
    await send("https://mail.test/hook");
    expect(calls).toHaveLength(2);
    expect(logged()).toMatchObject([{ event: "mail", outcome: 200, tries: 2, request_id: "request-1" }]);
  });

  it.each(faults)(
    "ends after that, and %s is in the log: without the address, and what was thrown",
    async (_, fault) => {
      const calls = scriptMailServer(fault);
      await send("https://mail.test/hook");
      expect(calls).toHaveLength(2);
      expect(logged()).toMatchObject([{ purpose: "reset_password", sender: "webhook", tries: 2 }]);
      expect(lines.join()).not.toContain("example.com");
      expect(lines.join()).not.toContain("Hi Sam");
    },
  );

  it("is not repeated where the mail itself was refused", async () => {
    const calls = scriptMailServer(422);
    await send("https://mail.test/hook");
    expect(calls).toHaveLength(1);
    expect(logged()).toMatchObject([{ outcome: 422, tries: 1 }]);
  });

  it("follows no redirect: a token goes nowhere but where it was sent", async () => {
    const redirects: unknown[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (_, init) => {
      redirects.push((init as RequestInit).redirect);
      return new Response(null, { status: 302, headers: { location: "https://elsewhere.test" } });
    });
    await send("https://mail.test/hook");
    expect(redirects).toEqual(["manual"]);
    expect(logged()).toMatchObject([{ outcome: 302 }]);
  });
});

describe("the console", () => {
  const console_ = configOf({ ...env, MAIL_URL: "console" } as Env);

  it("shows a mail with its link on one line", async () => {
    const config = { ...console_, PUBLIC_URL: "http://localhost:3000" };
    const mail = writeMail(config, { purpose: "reset_password", to: MAIL.to, token: "dpm_x" });
    await deliver(senderOf(console_, "localhost")!, config, mail, "request-1");
    expect(lines[0]).toContain("sam@example.com: Set a new password.");
    expect(lines[0]).toContain("http://localhost:3000/reset#token=dpm_x");
    expect(lines[0]).not.toContain("\n");
  });

  it("is no way to send mail where the server is called by another machine's name", () => {
    expect(senderOf(console_, "localhost")?.name).toBe("console");
    expect(senderOf(console_, "persona.example.com")).toBeNull();
  });
});

describe("what a mail says", () => {
  const letter = { to: MAIL.to, token: "dpm_x" } as const;

  it("is a code alone where there is no page to link to", () => {
    const { text } = writeMail({ PUBLIC_URL: undefined }, { ...letter, purpose: "verify_email" });
    expect(text).toContain("Your code: dpm_x");
    expect(text).not.toContain("http");
  });

  it("is a link, its code behind a # where no server sees it, where PUBLIC_URL names the page", () => {
    const { text } = writeMail(
      { PUBLIC_URL: "https://persona.test/app" },
      { ...letter, purpose: "verify_email" },
    );
    expect(text).toContain("\nhttps://persona.test/app/verify#token=dpm_x\n");
  });

  it.each(["already_registered", "password_changed"] as const)("holds no code in %s", (purpose) => {
    expect(writeMail({ PUBLIC_URL: "https://persona.test" }, { ...letter, purpose }).text).not.toContain(
      "dpm_",
    );
  });
});
