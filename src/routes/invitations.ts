import { z } from "@hono/zod-openapi";

import { batchAs, one, retried } from "../db/client";
import {
  deleteInvitation,
  dropExpiredInvitations,
  insertInvitation,
  listInvitations,
} from "../db/invitations";
import type { Invitation } from "../db/schema";
import { AppError } from "../errors";
import {
  ok,
  contract,
  ConfirmationSchema,
  countParameter,
  idParameter,
  jsonBody,
  orNull,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { newInvitation } from "../identity/invitations";
import { isoTime, TimeSchema } from "../wire/time";
import { EmailField } from "./auth";

const tags = ["Administration"];

/** Invitations to register, each good for one registration. */
export const invitations = newRouter();

const EXAMPLE = {
  id: 1,
  email: "user@example.com",
  created_by: 1,
  created_at: "2026-01-01T12:00:00.000Z",
  expires_at: "2026-01-08T12:00:00.000Z",
};

const InvitationSchema = z
  .object({
    id: z.int(),
    email: z.string().nullable().describe("The only address that may use it; null: any."),
    created_by: z.int().nullable().describe("The administrator who made it; null: the operator."),
    created_at: TimeSchema,
    expires_at: TimeSchema,
  })
  .openapi("Invitation", { example: EXAMPLE });

const toInvitation = (row: Invitation) => ({
  id: row.id,
  email: row.email,
  created_by: row.createdBy,
  created_at: isoTime(row.createdAt),
  expires_at: isoTime(row.expiresAt),
});

invitations.openapi(
  contract({
    method: "post",
    path: "/invitations",
    operationId: "createInvitation",
    access: "admin",
    tags,
    summary: "Invite somebody to register",
    request: jsonBody(
      z.object({
        email: orNull(EmailField).describe(
          "The only address that may use it. Whoever registers with it counts as the owner of that address.",
        ),
        expires_in_days: z.int().min(1).max(90).default(7).openapi({ example: 7 }),
      }),
    ),
    responses: ok(
      InvitationSchema.extend({
        token: z.string().describe("Shown this once. Good for one registration."),
      }).openapi("NewInvitation", { example: { ...EXAMPLE, token: `dpi_${"x".repeat(43)}` } }),
      "The new invitation.",
    ),
  }),
  async (c) => {
    const { email = null, expires_in_days: days } = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { row, token } = await newInvitation(caller, { email, days });
    const [, made] = await batchAs(db, caller, [
      dropExpiredInvitations(db, row.createdAt),
      insertInvitation(db, row),
    ]);
    return c.json({ ...toInvitation(one(made)), token }, 200);
  },
);

invitations.openapi(
  contract({
    method: "get",
    path: "/invitations",
    operationId: "listInvitations",
    access: "admin",
    tags,
    summary: "List invitations that have not been used and have not expired",
    request: {
      query: z.object({
        limit: countParameter(1, 100, 100),
        cursor: idParameter("The last invitation of the page before.").optional(),
      }),
    },
    responses: ok(z.array(InvitationSchema), "A page; its Link header names the next one."),
  }),
  async (c) => {
    const { limit, cursor = 0 } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { after: cursor, limit: limit + 1, now: new Date() };
    const [rows] = await retried(() => batchAs(db, caller, [listInvitations(db, page)]));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) linkNext(c, { cursor: last.id });
    return c.json(shown.map(toInvitation), 200);
  },
);

invitations.openapi(
  contract({
    method: "delete",
    path: "/invitations/{invitation_id}",
    operationId: "revokeInvitation",
    access: "admin",
    tags,
    summary: "Revoke an invitation",
    request: { params: z.object({ invitation_id: idParameter("The invitation's id.") }) },
    responses: ok(ConfirmationSchema, "It no longer works."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { invitation_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[gone]] = await batchAs(db, caller, [deleteInvitation(db, id)]);
    if (!gone) throw new AppError("not_found", { detail: "Invitation not found" });
    return c.json({ message: "Invitation revoked" }, 200);
  },
);
