import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";

import { app } from "../../src/app";
import type { Env } from "../../src/env";
import type { Gate } from "../upstream";

export type SentMail = { to: string; from: string; subject: string; text: string; purpose: string };
type Call = { url: string; headers: Headers; body: SentMail };
/** What the fake mail server does with a call: a status, a fault, nothing until it is hung up on, or 200 once a gate is open. */
type Answer = number | Error | "silence" | Gate;

/** Puts a scripted mail server in the place of the network. Each call takes the next answer; the last one stays. */
export function scriptMailServer(...answers: Answer[]) {
  const calls: Call[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const answer = answers[Math.min(calls.length, answers.length - 1)] ?? 200;
    calls.push({ url: request.url, headers: request.headers, body: await request.json() });
    if (answer === "silence") return silence((init as RequestInit).signal ?? null);
    if (answer instanceof Error) throw answer;
    if (typeof answer === "number") return new Response("{}", { status: answer });
    while (!answer.open) await scheduler.wait(2);
    return new Response("{}");
  });
  return calls;
}

async function silence(signal: AbortSignal | null): Promise<never> {
  while (!signal?.aborted) await scheduler.wait(2);
  throw signal.reason as Error;
}

type Options = { host?: string; address?: string };

/** The application as it is configured to send mails by a webhook, and the mails that it has sent. */
export function mailApp(variables: Partial<Record<keyof Env, unknown>> = {}, answers: Answer[] = [200]) {
  const calls = scriptMailServer(...answers);
  const bindings = {
    ...env,
    MAIL_URL: "https://mail.test/hook",
    MAIL_FROM: "Persona <hello@persona.test>",
    MAIL_TOKEN: "a-webhook-secret",
    ...variables,
  };
  const request = (
    path: string,
    body: object,
    context: ExecutionContext,
    { host = "persona.test", address = "192.0.2.1" }: Options = {},
  ) =>
    app.request(
      `https://${host}${path}`,
      {
        method: "POST",
        headers: { "content-type": "application/json", "cf-connecting-ip": address },
        body: JSON.stringify(body),
      },
      bindings,
      context,
    );
  return {
    calls,
    request,
    mailsTo: (to: string) => calls.map(({ body }) => body).filter((mail) => mail.to === to),
    /** Posts, and waits for what goes on after the answer. */
    post: async (path: string, body: object, options: Options = {}) => {
      const context = createExecutionContext();
      const answer = await request(path, body, context, options);
      await waitOnExecutionContext(context);
      return answer;
    },
  };
}

export function tokenIn({ text }: SentMail): string {
  const [token] = /dpm_[\w-]{43}/.exec(text) ?? [];
  if (!token) throw new Error(`There is no token in this mail:\n${text}`);
  return token;
}

export const newAddress = () => `user-${crypto.randomUUID()}@example.com`;
