import { and, asc, eq, getTableColumns, gt, inArray, lt, sql } from "drizzle-orm";

import { openComplaint, openContent, sealOfComplaint } from "./cells";
import type { Database } from "./client";
import { reading } from "./prepared";
import { idToSealFor } from "./row-ids";
import {
  safetyComplaints,
  type Complaint,
  type ComplaintKind,
  type ComplaintRow,
  type ComplaintStatus,
} from "./schema";
import type { Cell } from "./vault";

/* What users have reported of replies, and said against what was decided of them. */

const opened = (db: Database) => (row: ComplaintRow) => openComplaint(db, row);

/** What somebody complains about: a message by its id, an event by its. */
export type Subject = Pick<Complaint, "userId" | "kind" | "subject">;

export const complaintOn = (db: Database, { userId, kind, subject }: Subject) =>
  reading(
    db
      .select()
      .from(safetyComplaints)
      .where(
        and(
          eq(safetyComplaints.userId, userId),
          eq(safetyComplaints.kind, kind),
          eq(safetyComplaints.subject, subject),
        ),
      ),
    opened(db),
  );

/** Keeps a complaint; no row where there is one of the same already. `id` is as `reserveId` gave it. */
export const insertComplaint = (
  db: Database,
  id: number | null,
  { note, ...complaint }: Subject & Pick<Complaint, "messageId" | "reason" | "note" | "createdAt">,
) =>
  reading(
    db
      .insert(safetyComplaints)
      .values({
        ...(id !== null && { id }),
        ...complaint,
        note: sealOfComplaint(db, complaint.userId, idToSealFor(db, id), "note", note),
      })
      .onConflictDoNothing()
      .returning(),
    opened(db),
  );

/** A complaint with what the reply says that it is about; null where that is deleted, or never was kept. */
export type ComplaintWithReply = Complaint & { reply: string | null };

type Replied = ComplaintRow & { reply: Cell | null };
const REPLIED = {
  ...getTableColumns(safetyComplaints),
  reply: sql<Cell | null>`(SELECT content FROM chat_messages
    WHERE id = safety_complaints.message_id AND role = 'assistant')`.as("reply"),
};
const openedWithReply =
  (db: Database) =>
  ({ reply, ...row }: Replied): ComplaintWithReply => ({
    ...openComplaint(db, row),
    reply: reply && openContent(db, row.userId, row.messageId, reply),
  });

export type ComplaintPage = { kind: ComplaintKind; status: ComplaintStatus; after: number; limit: number };

/** All users' complaints of a kind, in the order they were made. For administrators. */
export const listComplaints = (db: Database, { kind, status, after, limit }: ComplaintPage) =>
  reading(
    db
      .select(REPLIED)
      .from(safetyComplaints)
      .where(
        and(
          eq(safetyComplaints.kind, kind),
          eq(safetyComplaints.status, status),
          gt(safetyComplaints.id, after),
        ),
      )
      .orderBy(asc(safetyComplaints.id))
      .limit(limit),
    openedWithReply(db),
  );

export const complaintById = (db: Database, kind: ComplaintKind, id: number) =>
  reading(
    db
      .select(REPLIED)
      .from(safetyComplaints)
      .where(and(eq(safetyComplaints.id, id), eq(safetyComplaints.kind, kind))),
    openedWithReply(db),
  );

/** A complaint's answer; null says no more than its status. */
export type Answer = { status: Exclude<ComplaintStatus, "open">; answer: string | null; at: Date };

/** Answers a complaint, or answers it otherwise. */
export const answerComplaint = (
  db: Database,
  { id, userId }: Pick<Complaint, "id" | "userId">,
  { status, answer, at }: Answer,
) =>
  db
    .update(safetyComplaints)
    .set({ status, answer: sealOfComplaint(db, userId, id, "answer", answer), answeredAt: at })
    .where(eq(safetyComplaints.id, id));

/** Answers what a user has said against their age group, by what it is set to. */
export const answerAgeAppeals = (db: Database, userId: number, status: Answer["status"], at: Date) =>
  db
    .update(safetyComplaints)
    .set({ status, answeredAt: at })
    .where(
      and(
        eq(safetyComplaints.userId, userId),
        eq(safetyComplaints.kind, "appeal"),
        eq(safetyComplaints.reason, "minor_signal"),
        eq(safetyComplaints.status, "open"),
      ),
    );

/** A user's complaints in the order they were made, for the export: those after the one with this id. */
export const complaintsAfter = (db: Database, userId: number, after: number, limit: number) =>
  reading(
    db
      .select()
      .from(safetyComplaints)
      .where(and(eq(safetyComplaints.userId, userId), gt(safetyComplaints.id, after)))
      .orderBy(asc(safetyComplaints.id))
      .limit(limit),
    opened(db),
  );

/** Forgets complaints that were answered before, at most so many. */
export const deleteAnsweredBefore = (db: Database, before: Date, limit: number) =>
  db
    .delete(safetyComplaints)
    .where(
      inArray(
        safetyComplaints.id,
        db
          .select({ id: safetyComplaints.id })
          .from(safetyComplaints)
          .where(lt(safetyComplaints.answeredAt, before))
          .limit(limit),
      ),
    )
    .returning({ id: safetyComplaints.id });
