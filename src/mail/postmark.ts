import type { Sender } from "./mail";
import { postJson } from "../post";

/** https://postmarkapp.com/developer/user-guide/send-email-with-api. Links that open accounts lead through no tracker. */
export const postmark: Sender = {
  name: "postmark",
  send({ MAIL_URL, MAIL_FROM, MAIL_TOKEN = "" }, { to, subject, text }, { signal }) {
    const headers = { Accept: "application/json", "X-Postmark-Server-Token": MAIL_TOKEN };
    const mail = { From: MAIL_FROM, To: to, Subject: subject, TextBody: text };
    const body = JSON.stringify({ ...mail, TrackOpens: false, TrackLinks: "None" });
    return postJson(new URL("/email", MAIL_URL), headers, body, signal);
  },
};
