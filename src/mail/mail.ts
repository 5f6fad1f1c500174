import type { Config } from "../env";

/** What a mail is for. `reset_password` and `verify_email` hold a one-time token, the others none. */
export type MailKind = "reset_password" | "verify_email" | "already_registered" | "password_changed";

/** A mail as it is sent: text alone, since nothing in it needs more. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  purpose: MailKind;
};

/** A way to send mail. */
export type Sender = {
  /** As the log names it. */
  name: string;
  /**
   * Hands a mail over and answers with the HTTP status that it got. `id` is the same when the same mail is tried again.
   * @throws whatever `fetch` throws, `TimeoutError` once the signal says so
   */
  send(config: Config, mail: Mail, call: { id: string; signal: AbortSignal }): Promise<number>;
};
