import { createHmac } from "node:crypto";

import type { Sender } from "./mail";
import { postJson } from "./post";

/** A server of the operator's own: `{to, from, subject, text, purpose}`, signed as https://www.standardwebhooks.com says. */
export const webhook: Sender = {
  name: "webhook",
  send({ MAIL_URL = "", MAIL_FROM, MAIL_TOKEN = "" }, mail, { id, signal }) {
    const body = JSON.stringify({ ...mail, from: MAIL_FROM });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", keyOf(MAIL_TOKEN))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    };
    return postJson(MAIL_URL, headers, body, signal);
  },
};

/** `whsec_` and base64, as libraries for it make secrets; any other text is the key itself. */
const keyOf = (secret: string) =>
  secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
