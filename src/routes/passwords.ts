import { z } from "@hono/zod-openapi";

import { accepted, contract, ConfirmationSchema, jsonBody, ok } from "../http/contract";
import { mailer } from "../http/mail";
import { addressOf, limitAccount } from "../http/rate-limit";
import { newRouter } from "../http/router";
import { forgotPassword, resetPassword } from "../identity/mail-tokens";
import { EmailField, passwordField } from "./auth";

const tags = ["Account"];

/** A code from a mail, as `identity/mail-tokens.ts` makes them. */
export const mailTokenField = z
  .string()
  .max(200, "must have at most 200 characters")
  .openapi({ maxLength: 200, example: `dpm_${"x".repeat(43)}` });

/** A new password for whoever has forgotten theirs, by way of their mailbox. */
export const passwords = newRouter();

passwords.openapi(
  contract({
    method: "post",
    path: "/password/forgot",
    operationId: "forgotPassword",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Get a mail by which to set a new password",
    request: jsonBody(z.object({ email: EmailField })),
    responses: accepted(
      "If there is an account with this address, a mail with a code is on its way: good once, for 30 minutes, and only as " +
        "long as no newer one was sent. The answer is the same if there is none.",
    ),
    errors: ["mail_not_configured"],
  }),
  async (c) => {
    const { email } = c.req.valid("json");
    const mail = mailer(c);
    await limitAccount(c, "credentials", email);
    mail(await forgotPassword(c.get("db"), email));
    return c.json({ message: "If there is an account with this address, a mail is on its way." }, 202);
  },
);

passwords.openapi(
  contract({
    method: "post",
    path: "/password/reset",
    operationId: "resetPassword",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Set a new password with the code from the mail; ends all sessions",
    request: jsonBody(
      z.object({
        token: mailTokenField,
        password: passwordField(8),
        keep_api_keys: z
          .boolean()
          .default(false)
          .describe("Whether the account's API keys go on working; by default they are revoked.")
          .openapi({ example: false }),
      }),
    ),
    responses: ok(
      ConfirmationSchema,
      "Log in with the new password. A mail tells the owner that it was changed.",
    ),
    errors: ["mail_token_invalid", "mail_not_configured"],
  }),
  async (c) => {
    const { token, password, keep_api_keys: keepApiKeys } = c.req.valid("json");
    const mail = mailer(c);
    const reset = { token, password, keepApiKeys };
    mail(await resetPassword(c.get("db"), c.get("config"), reset, addressOf(c)));
    return c.json({ message: "Password changed successfully" }, 200);
  },
);
