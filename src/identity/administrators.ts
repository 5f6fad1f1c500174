import type { Caller } from "../db/client";
import type { User } from "../db/schema";
import type { Config } from "../env";

type AdminConfig = Pick<Config, "ADMIN_EMAILS">;

/** The same caller, who must be an administrator for what follows: `batchAs` refuses anybody else. */
export const asAdministrator = (caller: Caller, { ADMIN_EMAILS }: AdminConfig): Caller => ({
  ...caller,
  admins: ADMIN_EMAILS,
});

/** As the database tells it (`isAdministrator` in `db/client.ts`), of a row that was read. */
export const isAdministrator = (
  { email, emailVouchedAt, isActive }: Pick<User, "email" | "emailVouchedAt" | "isActive">,
  { ADMIN_EMAILS }: AdminConfig,
): boolean => isActive && emailVouchedAt !== null && ADMIN_EMAILS.includes(email);
