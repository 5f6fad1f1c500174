import { z } from "@hono/zod-openapi";

import type { Complaint } from "../db/schema";
import type { EventWithAppeal } from "../db/safety-events";
import type { ComplaintWithReply } from "../db/complaints";
import { isoTime, TimeSchema } from "./time";

/* What users and administrators read of what was found, reported and appealed against: rows, with their schemas beside them. */

export const REPORT_REASONS = [
  "self_harm",
  "sexual",
  "minor_safety",
  "hate",
  "violence",
  "illegal",
  "manipulation",
  "claims_human",
  "privacy",
  "other",
] as const;

const status = z.enum(["open", "upheld", "dismissed"]).describe("`upheld`: whoever complained was right.");

const AppealSchema = z
  .object({
    id: z.int(),
    status,
    note: z.string().nullable(),
    answer: z.string().nullable().describe("What an administrator answered."),
    created_at: TimeSchema,
    answered_at: TimeSchema.nullable(),
  })
  .openapi("Appeal", {
    example: {
      id: 1,
      status: "open",
      note: "I am 31, it was about my son.",
      answer: null,
      created_at: "2026-01-01T12:00:00.000Z",
      answered_at: null,
    },
  });

/** What was found, without a word of what was said. */
export const SafetyEventSchema = z
  .object({
    id: z.string(),
    day: z.string().describe("UTC."),
    message_id: z.int().nullable().describe("The reply of its turn; null where nothing was kept of it."),
    code: z
      .enum(["crisis", "concern", "eating_disorder", "minor_signal", "cut"])
      .describe(
        "`minor_signal`: they wrote that they are a minor; `cut`: a reply was stopped or taken back.",
      ),
    level: z.enum(["high", "low"]).nullable(),
    step: z.int().nullable(),
    source: z.enum(["floor", "moderation"]),
    version: z.string().describe("Of the detector."),
    outcome: z
      .enum(["referred", "repeated", "lowered", "cut", "withdrawn"])
      .describe(
        "`repeated`: what there was to show had been shown a moment ago; `withdrawn`: a reply was taken back after it was written.",
      ),
    feedback: z.enum(["fiction", "someone_else", "past", "joke"]).nullable(),
    appeal: AppealSchema.nullable(),
  })
  .openapi("SafetyEvent", {
    example: {
      id: "saf_1048578_1",
      day: "2026-01-01",
      message_id: 1_048_578,
      code: "minor_signal",
      level: null,
      step: 1,
      source: "floor",
      version: "floor-1",
      outcome: "lowered",
      feedback: null,
      appeal: null,
    },
  });

const toAnswered = ({ id, status, note, answer, createdAt, answeredAt }: Complaint) => ({
  id,
  status,
  note,
  answer,
  created_at: isoTime(createdAt),
  answered_at: answeredAt && isoTime(answeredAt),
});

const keptMessage = (id: number) => (id === 0 ? null : id);

export const toSafetyEvent = (event: EventWithAppeal) => ({
  id: event.id,
  day: event.atDay,
  message_id: keptMessage(event.messageId),
  code: event.code,
  level: event.level,
  step: event.step,
  source: event.source,
  version: event.version,
  outcome: event.outcome,
  feedback: event.feedback,
  appeal: event.appeal && toAnswered(event.appeal),
});

const REPORT_EXAMPLE = {
  id: 1,
  status: "open" as const,
  note: "It told me not to see my doctor.",
  answer: null,
  created_at: "2026-01-01T12:00:00.000Z",
  answered_at: null,
  message_id: 1_048_578,
  reason: "self_harm" as const,
};

/** What a user has said of a reply. */
export const ReportSchema = AppealSchema.extend({
  message_id: z.int(),
  reason: z.enum(REPORT_REASONS),
}).openapi("Report", { example: REPORT_EXAMPLE });

type Reason = (typeof REPORT_REASONS)[number];

export const toReport = (row: Complaint) => ({
  ...toAnswered(row),
  message_id: row.messageId,
  reason: row.reason as Reason,
});

/** The same as administrators read it. */
export const ReceivedReportSchema = ReportSchema.extend({
  user_id: z.int(),
  reply: z.string().nullable().describe("What the reply says; null once it is deleted."),
}).openapi("ReceivedReport", { example: { ...REPORT_EXAMPLE, user_id: 1, reply: "You need no doctor." } });

export const toReceivedReport = (row: ComplaintWithReply) => ({
  ...toReport(row),
  user_id: row.userId,
  reply: row.reply,
});

export const ReceivedAppealSchema = AppealSchema.extend({
  user_id: z.int(),
  event_id: z.string(),
  code: z.enum(["minor_signal", "cut"]),
  message_id: z.int().nullable(),
  reply: z
    .string()
    .nullable()
    .describe("What was shown of a reply that was stopped; null otherwise, and once it is deleted."),
}).openapi("ReceivedAppeal", {
  example: {
    id: 1,
    status: "open",
    note: "I am 31, it was about my son.",
    answer: null,
    created_at: "2026-01-01T12:00:00.000Z",
    answered_at: null,
    user_id: 1,
    event_id: "saf_1048578_1",
    code: "minor_signal",
    message_id: 1_048_578,
    reply: null,
  },
});

export const toReceivedAppeal = (row: ComplaintWithReply) => ({
  ...toAnswered(row),
  user_id: row.userId,
  event_id: row.subject,
  code: row.reason as "minor_signal" | "cut",
  message_id: keptMessage(row.messageId),
  // Of who only says how old they are, nobody needs to read what was answered.
  reply: row.reason === "cut" ? row.reply : null,
});
