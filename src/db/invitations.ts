import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";

import { assertThat, isAdministrator, type Database } from "./client";
import { invitations, type Invitation } from "./schema";

/** A token that somebody presents with the address they want to register, and who may invite. */
export type Presented = { tokenHash: string; email: string; admins: string[] };

/** Nobody's invitation outlives their being an administrator. */
const usable = ({ tokenHash, email, admins }: Presented, now: Date) =>
  and(
    eq(invitations.tokenHash, tokenHash),
    gt(invitations.expiresAt, now),
    or(isNull(invitations.email), eq(invitations.email, email)),
    or(isNull(invitations.createdBy), isAdministrator(sql`${invitations.createdBy}`, admins)),
  );

/** The invitation, if it is good for this address now. */
export const usableInvitation = (db: Database, presented: Presented, now = new Date()) =>
  db.select().from(invitations).where(usable(presented, now));

/** Uses an invitation up, and fails the batch it stands in where it is not, or no longer, good for this address. */
export const useInvitation = (db: Database, presented: Presented, now = new Date()) =>
  [
    assertThat(db, sql`EXISTS (SELECT 1 FROM ${invitations} WHERE ${usable(presented, now)})`),
    db.delete(invitations).where(eq(invitations.tokenHash, presented.tokenHash)),
  ] as const;

export const insertInvitation = (db: Database, invitation: Omit<Invitation, "id">) =>
  db.insert(invitations).values(invitation).returning();

/** Invitations that have not expired, in the order they were made, those after the one with this id. */
export const listInvitations = (
  db: Database,
  { after, limit, now }: { after: number; limit: number; now: Date },
) =>
  db
    .select()
    .from(invitations)
    .where(and(gt(invitations.id, after), gt(invitations.expiresAt, now)))
    .orderBy(asc(invitations.id))
    .limit(limit);

export const deleteInvitation = (db: Database, id: number) =>
  db.delete(invitations).where(eq(invitations.id, id)).returning({ id: invitations.id });

export const dropExpiredInvitations = (db: Database, now: Date) =>
  db.delete(invitations).where(lte(invitations.expiresAt, now));
