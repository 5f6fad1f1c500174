import { z } from "@hono/zod-openapi";

import { batchAs, retried, type Caller, type Database } from "../db/client";
import { complaintOn, insertComplaint, type Subject } from "../db/complaints";
import { reserveId } from "../db/row-ids";
import { eventById, eventsOf, markFalseAlarm, type EventWithAppeal } from "../db/safety-events";
import { FALSE_ALARMS, type Complaint } from "../db/schema";
import { AppError } from "../errors";
import { contract, countParameter, idParameter, jsonBody, ok, orNull, textField } from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import {
  REPORT_REASONS,
  ReportSchema,
  SafetyEventSchema,
  toReport,
  toSafetyEvent,
} from "../wire/safety-accounts";
import { MessageParams, ownMessage } from "./messages";

const tags = ["Safety"];

/** What was found of the caller, and what they say to it. */
export const safetyEvents = newRouter();

export const EventPage = z.object({
  limit: countParameter(1, 100, 50),
  cursor: idParameter("Where the page before ended, as its Link header says.").optional(),
});

safetyEvents.openapi(
  contract({
    method: "get",
    path: "/events",
    operationId: "listSafetyEvents",
    access: "read",
    tags,
    summary: "What was found of you and shown to you, the newest first, without a word of what you said",
    request: { query: EventPage },
    responses: ok(z.array(SafetyEventSchema), "A page; its Link header names the next one."),
  }),
  async (c) => {
    const { limit, cursor = Number.MAX_SAFE_INTEGER } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { before: cursor, limit: limit + 1 };
    const [rows] = await retried(() => batchAs(db, caller, [eventsOf(db, caller.userId, page)]));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) linkNext(c, { cursor: last.rowid });
    return c.json(shown.map(toSafetyEvent), 200);
  },
);

const EventParams = z.object({
  event_id: z
    .string()
    .regex(/^saf_[\w-]{1,80}$/, "must be the id of a safety event")
    .openapi({ description: "The event's id.", example: "saf_1048578_1" }),
});

/** @throws AppError `not_found` */
function found(event: EventWithAppeal | undefined): EventWithAppeal {
  if (!event) throw new AppError("not_found", { detail: "Safety event not found" });
  return event;
}

safetyEvents.openapi(
  contract({
    method: "post",
    path: "/events/{event_id}/feedback",
    operationId: "rateSafetyEvent",
    access: "chat",
    tags,
    summary: "Say that what was heard was no danger; what is less than one then rests for this session",
    request: {
      params: EventParams,
      ...jsonBody(
        z
          .object({
            wrong: z.literal(true).openapi({ example: true }),
            about: z.enum(FALSE_ALARMS).openapi({ example: "fiction" }),
          })
          .openapi("SafetyFeedback"),
      ),
    },
    responses: ok(
      SafetyEventSchema,
      "The event. A danger that is heard again (`level` `high`) is answered all the same.",
    ),
    errors: ["not_found", "not_for_this_event"],
  }),
  async (c) => {
    const { event_id: id } = c.req.valid("param");
    const { about } = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { userId } = caller;
    const [[marked], , [row]] = await retried(() =>
      batchAs(db, caller, [...markFalseAlarm(db, userId, id, about, new Date()), eventById(db, userId, id)]),
    );
    const event = found(row);
    if (!marked) throw new AppError("not_for_this_event");
    return c.json(toSafetyEvent(event), 200);
  },
);

const note = orNull(textField(2000, { multiline: true })).openapi({ example: "It was a quotation." });
const CreatedReport = {
  description: "The report, or the one there was already.",
  content: { "application/json": { schema: ReportSchema } },
};

safetyEvents.openapi(
  contract({
    method: "post",
    path: "/events/{event_id}/appeal",
    operationId: "appealSafetyEvent",
    access: "chat",
    tags,
    summary: "Have a person look at a reply that was stopped, or at being taken for a minor",
    request: {
      params: EventParams,
      ...jsonBody(
        z.object({ note: note.describe("What you want to say about it.") }).openapi("AppealRequest"),
      ),
    },
    responses: ok(SafetyEventSchema, "The event with its appeal. A second appeal changes nothing."),
    errors: ["not_found", "not_for_this_event"],
  }),
  async (c) => {
    const { event_id: id } = c.req.valid("param");
    const { note: text = null } = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[row]] = await retried(() => batchAs(db, caller, [eventById(db, caller.userId, id)]));
    const event = found(row);
    if (event.code !== "minor_signal" && event.code !== "cut") throw new AppError("not_for_this_event");
    const { messageId, code: reason } = event;
    const subject = { userId: caller.userId, kind: "appeal", subject: id } as const;
    const appeal = event.appeal ?? (await complain(db, caller, subject, { messageId, reason, note: text }));
    return c.json(toSafetyEvent({ ...event, appeal }), 200);
  },
);

/** Keeps a complaint, once: where there is one of the same already, it stays as it is. */
async function complain(
  db: Database,
  caller: Caller,
  subject: Subject,
  said: Pick<Complaint, "messageId" | "reason" | "note">,
): Promise<Complaint> {
  const id = await reserveId(db, caller, "safety_complaints");
  const [[made], [known]] = await batchAs(db, caller, [
    insertComplaint(db, id, { ...subject, ...said, createdAt: new Date() }),
    complaintOn(db, subject),
  ]);
  const kept = made ?? known;
  if (!kept) throw new Error("A complaint was neither kept nor there.");
  return kept;
}

/** Reports of replies: under `/chat`, where messages are. */
export const reports = newRouter();

const aboutMessage = (userId: number, messageId: number): Subject => ({
  userId,
  kind: "report",
  subject: String(messageId),
});

reports.openapi(
  contract({
    method: "post",
    path: "/messages/{message_id}/report",
    operationId: "reportMessage",
    access: "chat",
    tags,
    summary: "Report a reply to the people who run this server, who can then read it",
    request: {
      params: MessageParams,
      ...jsonBody(
        z
          .object({
            reason: z.enum(REPORT_REASONS).openapi({ example: "self_harm" }),
            note: note.describe("What you want to say about it."),
          })
          .openapi("ReportRequest"),
      ),
    },
    responses: { 201: CreatedReport },
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { message_id: messageId } = c.req.valid("param");
    const { reason, note: text = null } = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { role } = await ownMessage(c, messageId);
    if (role !== "assistant") throw new AppError("not_found", { detail: "This message is no reply" });
    const subject = aboutMessage(caller.userId, messageId);
    const report = await complain(db, caller, subject, { messageId, reason, note: text });
    return c.json(toReport(report), 201);
  },
);

reports.openapi(
  contract({
    method: "get",
    path: "/messages/{message_id}/report",
    operationId: "getMessageReport",
    access: "read",
    tags,
    summary: "What has become of your report of a reply",
    request: { params: MessageParams },
    responses: ok(ReportSchema, "The report."),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { message_id: messageId } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    await ownMessage(c, messageId);
    const subject = aboutMessage(caller.userId, messageId);
    const [[row]] = await retried(() => batchAs(db, caller, [complaintOn(db, subject)]));
    if (!row) throw new AppError("not_found", { detail: "You have not reported this message" });
    return c.json(toReport(row), 200);
  },
);
