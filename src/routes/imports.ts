import { z } from "@hono/zod-openapi";

import { batchAs, retried } from "../db/client";
import { ownsPersona } from "../db/conversations";
import type { Env, ImportOrder } from "../env";
import { AppError, type ErrorBody } from "../errors";
import {
  ConfirmationSchema,
  contract,
  eventStream,
  countParameter,
  fileBody,
  idParameter,
  ok,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { MAX_IMPORT } from "../interchange/limits";
import { ImportLineSchema, ImportSchema } from "../wire/imports";
import { personaNotFound } from "./personas";

export const imports = newRouter();
const tags = ["Imports"];

const Params = z.object({
  import_id: z
    .string()
    .regex(/^imp_[0-9a-f]{32}$/, "must be an import's id")
    .openapi({
      type: "string",
      description: "The import's id.",
      example: "imp_0b9b6c0f2f1d4a7e8c35d1f0a2b4c6d8",
    }),
});
const notFound = () => new AppError("not_found", { detail: "Import not found" });

const importerOf = (env: Env, userId: number) => env.IMPORTER.get(env.IMPORTER.idFromName(String(userId)));

/** Asks a user's importer; what it refuses with is thrown here. */
async function ask(env: Env, order: ImportOrder, init: RequestInit): Promise<Response> {
  const response = await importerOf(env, order.userId).fetch("https://importer/", {
    ...init,
    headers: { "X-Import": JSON.stringify(order) },
  });
  if (response.ok) return response;
  const { code, detail } = await response.json<ErrorBody>();
  throw new AppError(code, { detail });
}

imports.openapi(
  contract({
    method: "post",
    path: "/",
    operationId: "createImport",
    access: "chat",
    upload: MAX_IMPORT,
    tags,
    summary: "Bring in chats: an export of ChatGPT, SillyTavern, Open WebUI, LibreChat or this server",
    request: {
      query: z.object({
        persona_id: idParameter("With whom all of them are to be; else as the file says.").optional(),
        name: z
          .string()
          .max(255, "must have at most 255 characters")
          .default("")
          .openapi({ example: "conversations.json" }),
      }),
      ...fileBody,
    },
    responses: ok(
      ImportSchema,
      "What becomes of it: a small file is in already, a larger one goes on by itself.",
    ),
    errors: ["not_found", "too_many_imports", "storage_full"],
  }),
  async (c) => {
    const { persona_id: personaId = null, name } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { userId } = caller;
    const [owned] = await retried(() => batchAs(db, caller, [ownsPersona(db, userId, personaId ?? 0)]));
    if (personaId !== null && owned.length === 0) throw personaNotFound(personaId);
    return (await ask(
      c.env,
      { userId, name: nameOf(name), personaId },
      { method: "POST", body: c.req.raw.body },
    )) as never;
  },
);

/** Ids travel in a header, which takes no other signs. */
const nameOf = (name: string) => name.replace(/[^\x20-\x7e]/g, "_");

imports.openapi(
  contract({
    method: "get",
    path: "/",
    operationId: "listImports",
    access: "read",
    tags,
    summary: "List what was brought in within a day, the newest first",
    responses: ok(z.array(ImportSchema), "At most as many as are kept."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    await retried(() => batchAs(db, caller, [ownsPersona(db, caller.userId, 0)]));
    return c.json((await importerOf(c.env, caller.userId).list(caller.userId)) as never, 200);
  },
);

imports.openapi(
  contract({
    method: "get",
    path: "/{import_id}",
    operationId: "getImport",
    access: "read",
    tags,
    summary: "Show how far a file has come in",
    request: { params: Params },
    responses: ok(ImportSchema, "How far it is."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    await retried(() => batchAs(db, caller, [ownsPersona(db, caller.userId, 0)]));
    const job = await importerOf(c.env, caller.userId).show(caller.userId, c.req.valid("param").import_id);
    if (!job) throw notFound();
    return c.json(job as never, 200);
  },
);

imports.openapi(
  contract({
    method: "get",
    path: "/{import_id}/report",
    operationId: "getImportReport",
    access: "read",
    tags,
    summary: "Read line by line what came in, what was there already, and what was left out and why",
    request: {
      params: Params,
      query: z.object({
        limit: countParameter(1, 1000, 100),
        cursor: idParameter("The last line of the page before.").optional(),
      }),
    },
    responses: ok(z.array(ImportLineSchema), "A page; its Link header names the next one."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    await retried(() => batchAs(db, caller, [ownsPersona(db, caller.userId, 0)]));
    const { limit, cursor = 0 } = c.req.valid("query");
    const { import_id: id } = c.req.valid("param");
    const lines = (await importerOf(c.env, caller.userId).report(caller.userId, id, cursor, limit + 1)) as
      | { n: number }[]
      | null;
    if (!lines) throw notFound();
    const shown = lines.slice(0, limit);
    const last = shown.at(-1);
    if (lines.length > limit && last) linkNext(c, { cursor: last.n });
    return c.json(shown as never, 200);
  },
);

imports.openapi(
  contract({
    method: "get",
    path: "/{import_id}/events",
    operationId: "followImport",
    access: "read",
    tags,
    summary: "Follow how a file comes in",
    request: { params: Params },
    responses: {
      200: {
        description:
          "`event: progress` with the import, each time it has come further, and `event: done` at the end.",
        content: eventStream("ImportEvent", "event: done\ndata: {…}\n\n"),
      },
    },
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    await retried(() => batchAs(db, caller, [ownsPersona(db, caller.userId, 0)]));
    const { import_id: id } = c.req.valid("param");
    return (await ask(c.env, { userId: caller.userId, id }, { method: "GET" })) as never;
  },
);

imports.openapi(
  contract({
    method: "delete",
    path: "/{import_id}",
    operationId: "cancelImport",
    access: "chat",
    tags,
    summary: "Stop bringing in a file and forget it; what came in stays",
    request: { params: Params },
    responses: ok(ConfirmationSchema, "It is stopped and forgotten."),
    errors: ["not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    await retried(() => batchAs(db, caller, [ownsPersona(db, caller.userId, 0)]));
    const { import_id: id } = c.req.valid("param");
    if (!(await importerOf(c.env, caller.userId).cancel(caller.userId, id))) throw notFound();
    return c.json({ message: "Import stopped" }, 200);
  },
);
