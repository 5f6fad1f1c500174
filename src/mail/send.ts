import { isLocalHost, type Config } from "../env";
import { consoleSender } from "./console";
import type { Mail, Sender } from "./mail";
import { postmark } from "./postmark";
import { resend } from "./resend";
import { webhook } from "./webhook";

const PROVIDERS: Record<string, Sender> = {
  "api.resend.com": resend,
  "api.postmarkapp.com": postmark,
};

/**
 * What the configuration sends mails by; null for none. The console prints only where the server was called by this very
 * machine's name: deployed, everybody with a right to the log could open any account.
 * @param hostname what the request was sent to
 */
export function senderOf({ MAIL_URL }: Config, hostname: string): Sender | null {
  if (!MAIL_URL) return null;
  if (MAIL_URL === "console") return isLocalHost(hostname) ? consoleSender : null;
  return PROVIDERS[new URL(MAIL_URL).hostname] ?? webhook;
}

/** One try may take so long, and the second comes after so long a wait. In all less than the 30 s after an answer. Milliseconds. */
const PATIENCE = { timeoutMs: 8000, waitMs: 1000 };

/**
 * Sends a mail, once more after a fault that may pass, and says in the log how it went: never to whom. Never throws.
 * @param requestId of the request that caused it
 */
export async function deliver(
  sender: Sender,
  config: Config,
  mail: Mail,
  requestId: string,
  { timeoutMs, waitMs } = PATIENCE,
): Promise<void> {
  const id = crypto.randomUUID();
  const began = Date.now();
  const attempt = () => outcomeOf(sender.send(config, mail, { id, signal: AbortSignal.timeout(timeoutMs) }));
  let [tries, outcome] = [1, await attempt()];
  if (mayPass(outcome)) {
    await scheduler.wait(waitMs);
    [tries, outcome] = [2, await attempt()];
  }
  const line = { event: "mail", request_id: requestId, purpose: mail.purpose, sender: sender.name };
  const text = JSON.stringify({ ...line, outcome, tries, ms: Date.now() - began });
  if (isSuccess(outcome)) console.log(text);
  else console.error(text);
}

/** A status, or the name of the error that came in its place; its message may hold the address. */
type Outcome = number | string;

const outcomeOf = (sent: Promise<number>): Promise<Outcome> =>
  sent.catch((error: unknown) => (error instanceof Error ? error.name : "Error"));

const isSuccess = (outcome: Outcome) => typeof outcome === "number" && outcome >= 200 && outcome < 300;

const mayPass = (outcome: Outcome) =>
  typeof outcome === "string" || outcome >= 500 || outcome === 408 || outcome === 429;
