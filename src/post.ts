import { createHmac } from "node:crypto";

/** Never follows a redirect: what is posted goes nowhere but where it was sent. */
const post = (url: string | URL, headers: Record<string, string>, body: string, signal: AbortSignal) =>
  fetch(url, {
    method: "POST",
    // Resend refuses calls that do not say who is asking.
    headers: { "Content-Type": "application/json", "User-Agent": "digital-persona-platform", ...headers },
    body,
    signal,
    redirect: "manual",
  });

/**
 * Posts JSON and answers with the status.
 * @throws whatever `fetch` throws
 */
export async function postJson(
  url: string | URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const response = await post(url, headers, body, signal);
  await response.body?.cancel();
  return response.status;
}

/**
 * Asks a server, under a bearer key where there is one, and answers with its status and, where that is fine, its JSON; null
 * where it is none.
 * @throws whatever `fetch` throws
 */
export async function askJson(
  url: string,
  key: string | undefined,
  question: object,
  signal: AbortSignal,
): Promise<{ ok: boolean; status: number; answer: unknown }> {
  const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {};
  const response = await post(url, headers, JSON.stringify(question), signal);
  const { ok, status } = response;
  if (ok) return { ok, status, answer: await response.json().catch(() => null) };
  await response.body?.cancel();
  return { ok, status, answer: null };
}

/** Where a server of the operator's own is called, and the secret that signs the calls. */
export type Webhook = { url: string; secret: string };

/**
 * The same to a server of the operator's own, signed as https://www.standardwebhooks.com says.
 * @param id the same for every try, so that what comes twice counts once
 */
export function postSigned({ url, secret }: Webhook, id: string, body: string, signal: AbortSignal) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
  return postJson(url, headers, body, signal);
}

/** `whsec_` and base64, as libraries for it make secrets; any other text is the key itself. */
const keyOf = (secret: string) =>
  secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
