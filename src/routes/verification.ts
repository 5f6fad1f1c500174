import { z } from "@hono/zod-openapi";

import { accepted, contract, ConfirmationSchema, jsonBody, ok } from "../http/contract";
import { mailer } from "../http/mail";
import { limitAccount } from "../http/rate-limit";
import { newRouter } from "../http/router";
import { resendVerification, verifyEmail } from "../identity/mail-tokens";
import { EmailField } from "./auth";
import { mailTokenField } from "./passwords";

const tags = ["Account"];

/** Whether somebody reads mail at the address that they registered with. */
export const verification = newRouter();

verification.openapi(
  contract({
    method: "post",
    path: "/verify",
    operationId: "verifyEmail",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Confirm an e-mail address with the code from the mail",
    request: jsonBody(z.object({ token: mailTokenField })),
    responses: ok(ConfirmationSchema, "The address is confirmed: log in with the password."),
    errors: ["mail_token_invalid"],
  }),
  async (c) => {
    await verifyEmail(c.get("db"), c.req.valid("json").token);
    return c.json({ message: "E-mail address confirmed" }, 200);
  },
);

verification.openapi(
  contract({
    method: "post",
    path: "/verify/resend",
    operationId: "resendVerification",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Get another mail by which to confirm an e-mail address",
    request: jsonBody(z.object({ email: EmailField })),
    responses: accepted(
      "If there is an account with this address that is not confirmed, a mail is on its way. The answer is the same if not.",
    ),
    errors: ["mail_not_configured"],
  }),
  async (c) => {
    const { email } = c.req.valid("json");
    const mail = mailer(c);
    await limitAccount(c, "credentials", email);
    mail(await resendVerification(c.get("db"), email));
    return c.json({ message: "If there is something to confirm, a mail is on its way." }, 202);
  },
);
