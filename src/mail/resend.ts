import type { Sender } from "./mail";
import { postJson } from "../post";

/** https://resend.com/docs/api-reference/emails/send-email; the key makes a second try of a mail send it once. */
export const resend: Sender = {
  name: "resend",
  send({ MAIL_URL, MAIL_FROM, MAIL_TOKEN }, { to, subject, text }, { id, signal }) {
    const headers = { Authorization: `Bearer ${MAIL_TOKEN}`, "Idempotency-Key": id };
    const body = JSON.stringify({ from: MAIL_FROM, to: [to], subject, text });
    return postJson(new URL("/emails", MAIL_URL), headers, body, signal);
  },
};
