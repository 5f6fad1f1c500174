import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";

import { batchAs, retried } from "../db/client";
import { personaById } from "../db/personas";
import { AppError } from "../errors";
import { contract, jsonBody, ok, orNull, textField } from "../http/contract";
import { newRouter } from "../http/router";
import { assess } from "../safety/assess";
import { protocol, protocolPage } from "../safety/protocol";

/** Longer than a message is by default; one message at a time. */
const LONGEST = 20_000;
/** It changes with a deployment only. Seconds. */
const PROTOCOL_CACHE = "public, max-age=3600";

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

const ResourceSchema = z
  .object({
    name: z.string(),
    tel: z.string().optional(),
    sms: z.string().optional(),
    chat_url: z.string().optional(),
    url: z.string(),
    hours: z.string(),
    languages: z.array(z.string()).describe("ISO 639-1."),
    kind: z.enum(["suicide", "emergency", "youth"]),
  })
  .openapi("SafetyResource", {
    example: {
      name: "988 Suicide & Crisis Lifeline",
      tel: "988",
      sms: "988",
      chat_url: "https://chat.988lifeline.org",
      url: "https://988lifeline.org",
      hours: "24/7",
      languages: ["en", "es"],
      kind: "suicide",
    },
  });

const ProtocolSchema = z
  .object({
    detector: z.object({
      version: z.string(),
      languages: z.array(z.string()),
      methods: z.array(z.string()),
    }),
    on_crisis: z.array(z.string()),
    minors: z.array(z.string()),
    minors_suitability: z.record(z.string(), z.string()).describe("By language (ISO 639-1)."),
    processors: z.array(z.string()),
    resources: z.object({
      checked_on: z.string().describe("When the numbers were last compared with their sources."),
      regions: z.array(z.object({ region: z.string(), resources: z.array(ResourceSchema) })),
      elsewhere: z.array(ResourceSchema),
    }),
    last_year: z
      .object({ year: z.int(), referrals_shown: z.int() })
      .nullable()
      .describe("Referrals shown in the calendar year before; null until one was counted."),
  })
  .openapi("SafetyProtocol");

safety.openapi(
  contract({
    method: "get",
    path: "/protocol",
    operationId: "getSafetyProtocol",
    access: "public",
    tags,
    summary: "What is done when a user may be in danger; a page where `Accept` asks for HTML",
    responses: ok(ProtocolSchema.openapi({ example: protocol() }), "The protocol."),
  }),
  (c) => {
    c.header("Cache-Control", PROTOCOL_CACHE);
    c.header("Vary", "Accept", { append: true });
    const supports = ["application/json", "text/html"];
    const type = accepts(c, { header: "Accept", supports, default: "application/json" });
    if (type === "text/html") return c.html(protocolPage(protocol())) as never;
    return c.json(protocol(), 200);
  },
);
