import type { Config } from "../env";
import type { Mail, MailKind } from "./mail";

/** What is to be told to whom; `token` where the mail is to hold one. */
export type Letter = { purpose: MailKind; to: string; token: string | null };

/** The mail's words. A page can be linked to only where `PUBLIC_URL` says that there is one. */
export function writeMail({ PUBLIC_URL }: Pick<Config, "PUBLIC_URL">, { purpose, to, token }: Letter): Mail {
  const { subject, paragraphs, path } = LETTERS[purpose];
  const link = PUBLIC_URL && path && `${PUBLIC_URL}/${path}#token=${token}`;
  const code = token && path && [`${link ? "Or use this code" : "Your code"}: ${token}`, EXPIRY];
  const text = [...paragraphs, ...(link ? [link] : []), ...(code || [])].join("\n\n");
  return { to, subject, text: `${text}\n`, purpose };
}

/** As `identity/mail-tokens.ts` has it. */
const EXPIRY = "It works once, within 30 minutes, and only as long as no newer one was sent.";

type Template = {
  subject: string;
  paragraphs: string[];
  /** The page that takes the token. Behind a `#`, so that the token reaches no server and no log. */
  path?: string;
};

const LETTERS: Record<MailKind, Template> = {
  reset_password: {
    subject: "Set a new password",
    paragraphs: [
      "Somebody, probably you, asked for a new password for your account.",
      "If it was not you, there is nothing to do: your password stays as it is.",
    ],
    path: "reset",
  },
  verify_email: {
    subject: "Please confirm your e-mail address",
    paragraphs: [
      "Somebody, probably you, registered with this e-mail address. Please confirm that it is yours.",
      "If it was not you, there is nothing to do: without this the account stays closed.",
    ],
    path: "verify",
  },
  already_registered: {
    subject: "You have an account already",
    paragraphs: [
      "Somebody, probably you, tried to register with this e-mail address, but there is an account with it already.",
      "If it was you, sign in as before, or ask for a new password. If it was not, there is nothing to do.",
    ],
  },
  password_changed: {
    subject: "Your password was changed",
    paragraphs: [
      "The password of your account was just changed, and you were signed out everywhere.",
      "If it was not you, ask for a new password at once: only whoever reads this mailbox can.",
    ],
  },
};
