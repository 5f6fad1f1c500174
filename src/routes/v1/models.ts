import { z } from "@hono/zod-openapi";

import { batchAs, retried } from "../../db/client";
import { listPersonas, personaById } from "../../db/personas";
import { AppError } from "../../errors";
import { contract, ok } from "../../http/contract";
import { newRouter } from "../../http/router";
import { ModelListSchema, ModelSchema, personaOfModel, toModel } from "../../wire/openai-models";

export const models = newRouter();
const tags = ["OpenAI"];

/** The dialect knows no pages; nobody has more. */
const ALL = 10_000;

models.openapi(
  contract({
    method: "get",
    path: "/models",
    operationId: "listPersonaModels",
    access: "read",
    openai: true,
    tags,
    summary: "List your personas as models",
    responses: ok(ModelListSchema, "All of them, in the order they were made."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [rows] = await retried(() =>
      batchAs(db, caller, [listPersonas(db, caller.userId, { after: 0, limit: ALL })]),
    );
    return c.json({ object: "list" as const, data: rows.map(toModel) }, 200);
  },
);

models.openapi(
  contract({
    method: "get",
    path: "/models/{model}",
    operationId: "retrieveModel",
    access: "read",
    openai: true,
    tags,
    summary: "Show one persona as a model",
    request: {
      params: z.object({
        model: z.string().max(256).openapi({ description: "The model's id.", example: "alex-1" }),
      }),
    },
    responses: ok(ModelSchema, "The model."),
    errors: ["model_not_found"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const id = personaOfModel(c.req.valid("param").model) ?? 0;
    const [[row]] = await retried(() => batchAs(db, caller, [personaById(db, caller.userId, id)]));
    if (!row) throw new AppError("model_not_found");
    return c.json(toModel(row), 200);
  },
);
