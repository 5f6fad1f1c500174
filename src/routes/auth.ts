import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { batchAs } from "../db/client";
import type { User } from "../db/schema";
import { endSession, endSessionOfFamily } from "../db/sessions";
import type { Config } from "../env";
import {
  accepted,
  boundedText,
  ok,
  contract,
  jsonBody,
  ConfirmationSchema,
  orNull,
  textField,
} from "../http/contract";
import { mailer } from "../http/mail";
import { addressOf } from "../http/rate-limit";
import { CurrentUserSchema, REFRESH_EXAMPLE, toUser, TokensSchema } from "../wire/account";
import { newRouter, type AppEnv } from "../http/router";
import { dropRefreshToken, keepRefreshToken, keptRefreshToken, requireOwnPage } from "../http/session-cookie";
import { changePassword, login, register, signedInUser } from "../identity/account";
import { admit } from "../identity/invitations";
import { registerUnverified } from "../identity/mail-tokens";
import { familyOf, refresh, type Tokens } from "../identity/sessions";
import { ACCESS_TOKEN_SECONDS } from "../identity/tokens";
import { policyOf } from "../safety/policy";

const tags = ["Account"];

/** Whether personas may remember a user, and why not. */
function memoryOf(user: User, config: Config) {
  if (config.MEMORY_TOKENS === 0) return "off" as const;
  return policyOf(user, null, config, Date.now()).memory ? ("on" as const) : ("minor" as const);
}

export const EmailField = textField(254)
  .transform((text) => text.toLowerCase())
  .pipe(z.email("must be an e-mail address"))
  .openapi({ type: "string", format: "email", maxLength: 254, example: "user@example.com" });

/** Never trimmed, normalised or cut: every character that was typed counts. */
export const passwordField = (minimum: number) =>
  boundedText(1024)
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
    .refine((text) => [...text].length >= minimum, `must have at least ${minimum} characters`)
    .refine((text) => [...text].length <= 1024, "must have at most 1024 characters")
    .openapi({
      type: "string",
      format: "password",
      minLength: minimum,
      maxLength: 1024,
      example: "password123",
    });

const toTokens = ({ accessToken }: Tokens) => ({
  access_token: accessToken,
  token_type: "bearer" as const,
  expires_in: ACCESS_TOKEN_SECONDS,
});

/** The tokens for whoever asked: the refresh token in the body or, for the server's own page, in a cookie. */
function handOut(c: Context<AppEnv>, tokens: Tokens, cookie: boolean | undefined) {
  if (!cookie) return { ...toTokens(tokens), refresh_token: tokens.refreshToken };
  keepRefreshToken(c, tokens.refreshToken);
  return toTokens(tokens);
}

const cookie = z
  .boolean()
  .optional()
  .describe("For the server's own page: the refresh token is kept in an HttpOnly cookie.")
  .openapi({ example: false });

export const auth = newRouter();

const RegisterBody = z
  .object({
    email: EmailField,
    password: passwordField(8),
    username: orNull(textField(254, { minimum: 0 }))
      .describe("The e-mail address if left out; holds no @ unless it is that address.")
      .openapi({ example: "sam" }),
    full_name: orNull(textField(255, { minimum: 0 })).openapi({ example: "Sam User" }),
    invitation: orNull(z.string().max(255, "must have at most 255 characters"))
      .describe("The token of an invitation, where registering takes one.")
      .openapi({ example: null }),
    cookie,
  })
  // Or somebody could take another's address as a user name and keep them from registering.
  .refine(({ email, username }) => !username?.includes("@") || username.toLowerCase() === email, {
    path: ["username"],
    error: "must not be an e-mail address other than your own",
  });

/** A name of its own: written in place, the compiler would not check it. */
const registered = {
  ...ok(TokensSchema, "The new user's tokens."),
  ...accepted(
    "Where addresses must be verified (`EMAIL_VERIFICATION`): a mail says how to go on. The same if the address is taken.",
  ),
};

auth.openapi(
  contract({
    method: "post",
    path: "/register",
    operationId: "registerUser",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Register and log in",
    request: jsonBody(RegisterBody),
    responses: registered,
    errors: [
      "forbidden",
      "email_taken",
      "username_taken",
      "registration_closed",
      "invitation_required",
      "invitation_invalid",
      "mail_not_configured",
    ],
  }),
  async (c) => {
    const { email, password, username, full_name, invitation, cookie } = c.req.valid("json");
    if (cookie) requireOwnPage(c);
    const ownName = username && !username.includes("@") ? username : null;
    const [db, config] = [c.get("db"), c.get("config")];
    const registration = {
      email,
      password,
      username: ownName,
      fullName: full_name || null,
      admission: await admit(db, config, { email, token: invitation ?? null }),
    };
    if (config.EMAIL_VERIFICATION) {
      const mail = mailer(c);
      mail(await registerUnverified(db, registration));
      return c.json({ message: "A mail is on its way to this address: it says how to go on." }, 202);
    }
    const tokens = await register(db, config, registration, c.req.header("user-agent"));
    return c.json(handOut(c, tokens, cookie), 200);
  },
);

const LoginBody = z
  .object({
    email: orNull(textField(254)).openapi({ example: "user@example.com" }),
    username: orNull(textField(254))
      .describe("A user name or an e-mail address.")
      .openapi({ example: "user@example.com" }),
    password: passwordField(1),
    cookie,
  })
  .refine(({ email, username }) => email ?? username, {
    path: ["email"],
    error: "is required, or username in its place",
  });

auth.openapi(
  contract({
    method: "post",
    path: "/login",
    operationId: "login",
    access: "public",
    rate: "credentials",
    tags,
    summary: "Log in",
    request: jsonBody(LoginBody),
    responses: ok(TokensSchema, "Tokens of a new session."),
    errors: ["forbidden", "wrong_credentials", "email_unverified", "login_paused"],
  }),
  async (c) => {
    const { email, username, password, cookie } = c.req.valid("json");
    if (cookie) requireOwnPage(c);
    const client = { address: addressOf(c), userAgent: c.req.header("user-agent") };
    const proof = { name: (email ?? username)!, password };
    const tokens = await login(c.get("db"), c.get("config"), proof, client);
    return c.json(handOut(c, tokens, cookie), 200);
  },
);

const RefreshBody = z
  .object({ refresh_token: orNull(z.string().max(4096)).openapi({ example: REFRESH_EXAMPLE }), cookie })
  .refine(({ refresh_token, cookie }) => cookie || typeof refresh_token === "string", {
    path: ["refresh_token"],
    error: "is required, unless a cookie has it",
  });

auth.openapi(
  contract({
    method: "post",
    path: "/refresh",
    operationId: "refreshTokens",
    access: "public",
    tags,
    summary: "Trade a refresh token for new tokens",
    request: jsonBody(RefreshBody),
    responses: ok(TokensSchema, "New tokens; both old ones are replaced."),
    errors: ["unauthenticated", "forbidden"],
  }),
  async (c) => {
    const { refresh_token, cookie } = c.req.valid("json");
    if (cookie) requireOwnPage(c);
    const presented = cookie ? keptRefreshToken(c) : (refresh_token ?? "");
    const tokens = await refresh(c.get("db"), c.get("config"), presented);
    return c.json(handOut(c, tokens, cookie), 200);
  },
);

auth.openapi(
  contract({
    method: "get",
    path: "/me",
    operationId: "getCurrentUser",
    access: "read",
    tags,
    summary: "Who is signed in",
    responses: ok(CurrentUserSchema, "The user."),
  }),
  async (c) => {
    const user = await signedInUser(c.get("db"), c.get("caller"));
    return c.json({ ...toUser(user), memory: memoryOf(user, c.get("config")) }, 200);
  },
);

auth.openapi(
  contract({
    method: "get",
    path: "/verify",
    operationId: "verifyToken",
    access: "read",
    tags,
    summary: "Check an access token",
    responses: ok(
      z.object({
        valid: z.literal(true),
        user_id: z.number().int(),
        username: z.string().openapi({ example: "sam" }),
        email: z.string().openapi({ example: "user@example.com" }),
      }),
      "The token is good.",
    ),
  }),
  async (c) => {
    const { id, username, email } = await signedInUser(c.get("db"), c.get("caller"));
    return c.json({ valid: true as const, user_id: id, username, email }, 200);
  },
);

const KeyNamesSchema = z.array(
  z.object({ id: z.int(), name: z.string(), hint: z.string().describe("The key's first characters.") }),
);

const PasswordChangedSchema = ConfirmationSchema.extend({
  revoked_api_keys: KeyNamesSchema,
  kept_api_keys: KeyNamesSchema,
}).openapi("PasswordChanged", {
  example: {
    message: "Password changed successfully",
    revoked_api_keys: [{ id: 1, name: "My script", hint: "dpk_xxxxxx" }],
    kept_api_keys: [],
  },
});

auth.openapi(
  contract({
    method: "post",
    path: "/change-password",
    operationId: "changePassword",
    access: "account",
    rate: "credentials",
    tags,
    summary: "Change the password, end all other sessions and revoke the API keys",
    request: jsonBody(
      z.object({
        current_password: passwordField(1),
        new_password: passwordField(8),
        keep_api_keys: z.boolean().default(false).openapi({
          example: false,
          description: "Whether the API keys go on working.",
        }),
      }),
    ),
    responses: ok(PasswordChangedSchema, "Done. Every key that there was is named in one of the lists."),
    errors: ["wrong_password", "login_paused"],
  }),
  async (c) => {
    const { current_password, new_password, keep_api_keys } = c.req.valid("json");
    const keys = await changePassword(c.get("db"), c.get("config"), c.get("caller"), {
      current: current_password,
      next: new_password,
      keepApiKeys: keep_api_keys,
      address: addressOf(c),
    });
    const named = keys.map(({ id, name, hint }) => ({ id, name, hint }));
    const [kept_api_keys, revoked_api_keys] = keep_api_keys ? [named, []] : [[], named];
    return c.json({ message: "Password changed successfully", revoked_api_keys, kept_api_keys }, 200);
  },
);

auth.openapi(
  contract({
    method: "post",
    path: "/logout",
    operationId: "logout",
    access: "account",
    tags,
    summary: "End this session",
    request: {
      body: {
        required: false,
        content: {
          "application/json": {
            schema: z.object({
              refresh_token: z.string().max(4096).nullish().openapi({ example: REFRESH_EXAMPLE }),
              cookie: cookie.describe("For the server's own page: its cookie is removed."),
            }),
          },
        },
      },
    },
    responses: ok(ConfirmationSchema, "The session's tokens no longer work."),
  }),
  async (c) => {
    const { userId, sessionId } = c.get("caller");
    const { refresh_token, cookie } = c.req.valid("json");
    const family = familyOf(refresh_token ?? "");
    await batchAs(c.get("db"), c.get("caller"), [
      endSession(c.get("db"), userId, sessionId ?? ""),
      endSessionOfFamily(c.get("db"), userId, family ?? ""),
    ]);
    if (cookie) dropRefreshToken(c);
    return c.json({ message: "Successfully logged out" }, 200);
  },
);
