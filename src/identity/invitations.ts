import { retried, type Caller, type Database } from "../db/client";
import { usableInvitation, type Presented } from "../db/invitations";
import type { Invitation } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import { randomText, sha256 } from "./hmac";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An invitation that is not stored yet, and its token, to be shown once. `scripts/invite.mjs` makes them alike. */
export async function newInvitation(
  { userId }: Caller,
  { email, days }: { email: string | null; days: number },
  now = Date.now(),
): Promise<{ row: Omit<Invitation, "id">; token: string }> {
  const token = `dpi_${randomText(32)}`;
  const row = {
    tokenHash: await sha256(token),
    email,
    createdBy: userId,
    createdAt: new Date(now),
    expiresAt: new Date(now + days * DAY_MS),
  };
  return { row, token };
}

/** What lets somebody register: the invitation that their registration uses up, if any, and when it was vouched for their address. */
export type Admission = { invitation: Presented | null; vouchedAt: Date | null };

const OWN_INVITATION = "This address can only be registered with an invitation that is bound to it.";

/**
 * Whether this address may register here, before the work of it is done; the batch that makes the user decides. An address of
 * ADMIN_EMAILS takes an invitation of its own wherever registration is open, or whoever came first would keep its owner out.
 * @throws AppError `registration_closed`, `invitation_required`, `invitation_invalid`
 */
export async function admit(
  db: Database,
  { REGISTRATION, ADMIN_EMAILS }: Pick<Config, "REGISTRATION" | "ADMIN_EMAILS">,
  { email, token }: { email: string; token: string | null },
): Promise<Admission> {
  if (REGISTRATION === "closed") throw new AppError("registration_closed");
  const isReserved = ADMIN_EMAILS.includes(email);
  if (token === null) {
    if (isReserved) throw new AppError("invitation_required", { detail: OWN_INVITATION });
    if (REGISTRATION === "invite") throw new AppError("invitation_required");
    return { invitation: null, vouchedAt: null };
  }
  const invitation = { tokenHash: await sha256(token), email, admins: ADMIN_EMAILS };
  const [found] = await retried(() => usableInvitation(db, invitation));
  if (!found) throw new AppError("invitation_invalid");
  const isBound = found.email !== null;
  if (isReserved && !isBound) throw new AppError("invitation_required", { detail: OWN_INVITATION });
  return { invitation, vouchedAt: isBound ? new Date() : null };
}
