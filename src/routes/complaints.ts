import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { batchAs, retried } from "../db/client";
import {
  answerComplaint,
  complaintById,
  listComplaints,
  type Answer,
  type ComplaintWithReply,
} from "../db/complaints";
import { COMPLAINT_STATUSES, type ComplaintKind, type ComplaintStatus } from "../db/schema";
import { AppError } from "../errors";
import { contract, countParameter, idParameter, jsonBody, ok, orNull, textField } from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter, type AppEnv } from "../http/router";
import {
  ReceivedAppealSchema,
  ReceivedReportSchema,
  toReceivedAppeal,
  toReceivedReport,
} from "../wire/safety-accounts";

const tags = ["Safety"];

/** What users have reported and appealed against, for administrators to answer. */
export const complaints = newRouter();

const Page = z.object({
  status: z.enum(COMPLAINT_STATUSES).default("open").openapi({ example: "open" }),
  limit: countParameter(1, 100, 50),
  cursor: idParameter("The last one of the page before.").optional(),
});

const AnswerSchema = z
  .object({
    status: z
      .enum(["upheld", "dismissed"])
      .describe("`upheld`: whoever complained was right.")
      .openapi({ example: "upheld" }),
    answer: orNull(textField(2000, { multiline: true }))
      .describe("What they are told.")
      .openapi({ example: "Thank you: it will not happen again." }),
  })
  .openapi("ComplaintAnswer");

/** A page of a kind, whose next one its Link header names. */
async function list(
  c: Context<AppEnv>,
  kind: ComplaintKind,
  { status, limit, cursor = 0 }: { status: ComplaintStatus; limit: number; cursor?: number | undefined },
): Promise<ComplaintWithReply[]> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const page = { kind, status, after: cursor, limit: limit + 1 };
  const [rows] = await retried(() => batchAs(db, caller, [listComplaints(db, page)]));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length > limit && last) linkNext(c, { cursor: last.id });
  return shown;
}

/**
 * Answers one of a kind.
 * @throws AppError `not_found`
 */
async function answer(
  c: Context<AppEnv>,
  kind: ComplaintKind,
  id: number,
  given: Pick<Answer, "status"> & { answer?: string | null | undefined },
): Promise<ComplaintWithReply> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const notFound = () =>
    new AppError("not_found", { detail: `${kind === "report" ? "Report" : "Appeal"} not found` });
  const [[known]] = await retried(() => batchAs(db, caller, [complaintById(db, kind, id)]));
  if (!known) throw notFound();
  const answered = { status: given.status, answer: given.answer ?? null, at: new Date() };
  const [, [row]] = await retried(() =>
    batchAs(db, caller, [answerComplaint(db, known, answered), complaintById(db, kind, id)]),
  );
  if (!row) throw notFound();
  return row;
}

/** A list of one kind, as administrators read it. */
const listOf = <Path extends string, Schema extends z.ZodType>(
  path: Path,
  operationId: string,
  verb: string,
  schema: Schema,
) =>
  contract({
    method: "get",
    path,
    operationId,
    access: "admin",
    tags,
    summary: `List what users have ${verb}, in the order they did`,
    request: { query: Page },
    responses: ok(z.array(schema), "A page; its Link header names the next one."),
  });

complaints.openapi(listOf("/reports", "listReports", "reported", ReceivedReportSchema), async (c) =>
  c.json((await list(c, "report", c.req.valid("query"))).map(toReceivedReport), 200),
);

complaints.openapi(
  contract({
    method: "put",
    path: "/reports/{report_id}",
    operationId: "answerReport",
    access: "admin",
    tags,
    summary: "Answer a report",
    request: {
      params: z.object({ report_id: idParameter("The report's id.") }),
      ...jsonBody(AnswerSchema),
    },
    responses: ok(ReceivedReportSchema, "The report with its answer, which its user can read."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { report_id: id } = c.req.valid("param");
    return c.json(toReceivedReport(await answer(c, "report", id, c.req.valid("json"))), 200);
  },
);

complaints.openapi(listOf("/appeals", "listAppeals", "appealed against", ReceivedAppealSchema), async (c) =>
  c.json((await list(c, "appeal", c.req.valid("query"))).map(toReceivedAppeal), 200),
);

complaints.openapi(
  contract({
    method: "put",
    path: "/appeals/{appeal_id}",
    operationId: "answerAppeal",
    access: "admin",
    tags,
    summary: "Answer an appeal; an age group itself is set by PUT /users/{user_id}/safety",
    request: {
      params: z.object({ appeal_id: idParameter("The appeal's id.") }),
      ...jsonBody(AnswerSchema),
    },
    responses: ok(ReceivedAppealSchema, "The appeal with its answer, which its user can read."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { appeal_id: id } = c.req.valid("param");
    return c.json(toReceivedAppeal(await answer(c, "appeal", id, c.req.valid("json"))), 200);
  },
);
