import type { Context } from "hono";

import { AppError } from "../errors";
import { writeMail, type Letter } from "../mail/letters";
import { deliver, senderOf } from "../mail/send";
import type { AppEnv } from "./router";

/**
 * What sends mails once the request has been answered: no answer waits for one, or fails or differs by one. Null is no mail.
 * @throws AppError `mail_not_configured`
 */
export function mailer(c: Context<AppEnv>): (letter: Letter | null) => void {
  const config = c.get("config");
  const sender = senderOf(config, new URL(c.req.url).hostname);
  if (!sender) throw new AppError("mail_not_configured");
  return (letter) => {
    if (!letter) return;
    c.executionCtx.waitUntil(deliver(sender, config, writeMail(config, letter), c.get("requestId")));
  };
}
