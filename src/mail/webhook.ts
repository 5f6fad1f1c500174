import { postSigned } from "../post";
import type { Sender } from "./mail";

/** A server of the operator's own: `{to, from, subject, text, purpose}`, signed. */
export const webhook: Sender = {
  name: "webhook",
  send({ MAIL_URL = "", MAIL_FROM, MAIL_TOKEN = "" }, mail, { id, signal }) {
    const body = JSON.stringify({ ...mail, from: MAIL_FROM });
    return postSigned({ url: MAIL_URL, secret: MAIL_TOKEN }, id, body, signal);
  },
};
