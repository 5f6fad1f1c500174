import { z } from "@hono/zod-openapi";

import { batchAs, retried } from "../db/client";
import { personaById } from "../db/personas";
import { AppError } from "../errors";
import { contract, jsonBody, ok, orNull, textField } from "../http/contract";
import { newRouter } from "../http/router";
import { assess } from "../safety/assess";

/** Longer than a message is by default; one message at a time. */
const LONGEST = 20_000;

const tags = ["Safety"];
export const safety = newRouter();

const FindingSchema = z
  .object({
    code: z
      .enum(["crisis", "concern", "eating_disorder"])
      .nullable()
      .describe("The user's own danger, somebody else's, an eating disorder, or nothing."),
    level: z
      .enum(["high", "low"])
      .nullable()
      .describe("`high`: a danger now; `low`: a wish not to live without more, or a worry."),
    classes: z.array(z.string()).describe("All that was heard, the gravest first."),
  })
  .openapi("SafetyFinding", {
    example: { code: "crisis", level: "high", classes: ["crisis.active"] },
  });

safety.openapi(
  contract({
    method: "post",
    path: "/assess",
    operationId: "assessText",
    access: "chat",
    tags,
    summary: "What the safety floor hears in a text; nothing is kept",
    request: jsonBody(
      z
        .object({
          text: textField(LONGEST, { multiline: true }).openapi({ example: "I want to die." }),
          persona_id: orNull(z.int().positive().max(Number.MAX_SAFE_INTEGER)).describe(
            "Whom it would be said to. One of your personas; what is heard does not depend on it.",
          ),
        })
        .openapi("SafetyAssessment"),
    ),
    responses: ok(FindingSchema, "What a turn with this message would be told."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { text, persona_id: id } = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[persona]] = await retried(() => batchAs(db, caller, [personaById(db, caller.userId, id ?? 0)]));
    if (id && !persona) throw new AppError("not_found", { detail: `Persona ${id} not found` });
    return c.json(assess(text), 200);
  },
);
