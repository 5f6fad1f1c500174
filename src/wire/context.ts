import { z } from "@hono/zod-openapi";

import type { ContextReport, SectionReport } from "../db/schema";
import { idsOf, tokensIn } from "../prompt/report";
import { RecalledSchema } from "./memory";

export const CONTEXT_EXAMPLE = {
  estimated_tokens: { persona: 118, history: 240, memory: 0, facts: 0, message: 12, total: 370 },
  budget: 8000,
  message_ids: [1048577, 1048578],
  memory_ids: [],
  left_out: [{ reason: "budget" as const, count: 4 }],
  source: "memory" as const,
  sections: [
    { name: "persona", tokens: 118 },
    {
      name: "history",
      tokens: 240,
      ids: [1048577, 1048578],
      left_out: [{ reason: "budget" as const, count: 4 }],
    },
    { name: "message", tokens: 12 },
  ],
};

const LeftOutSchema = z.array(
  z.object({ reason: z.enum(["budget", "failed", "retried", "memory_late"]), count: z.int() }),
);

export const ContextSchema = z
  .object({
    estimated_tokens: z
      .object({
        persona: z.int(),
        history: z.int(),
        memory: z.int(),
        facts: z.int(),
        message: z.int(),
        total: z.int(),
      })
      .describe(
        "Where the prompt's tokens came from, as estimated before the call; `total` counts all sections.",
      ),
    budget: z.int().describe("How many tokens the prompt might have."),
    message_ids: z
      .array(z.int())
      .describe("The earlier messages that were in, oldest first. Some may have been deleted since."),
    memory_ids: z
      .array(z.int())
      .describe("What was recalled of what was said before these or elsewhere, in the order it was said."),
    left_out: LeftOutSchema.describe(
      "How many earlier messages were not: `budget`, no room for them; `failed`, exchanges that came to nothing; " +
        "`retried`, earlier tries of the same message; `memory_late`, what might have been recalled, had it come in time.",
    ),
    source: z.enum(["memory", "kv", "d1", "request"]).describe("Where the history was read."),
    sections: z
      .array(
        z.object({
          name: z.string(),
          tokens: z.int(),
          ids: z.array(z.int()).optional().describe("The earlier messages that were in, oldest first."),
          left_out: LeftOutSchema.optional(),
        }),
      )
      .describe("The parts of the prompt, in the order in which they stand in it."),
  })
  .openapi("Context", { example: CONTEXT_EXAMPLE });

export const MessageContextSchema = ContextSchema.extend({
  message_id: z.int(),
  recalled: z
    .array(RecalledSchema)
    .describe("What `memory_ids` names, in the order it was said, as far as it is still there."),
  reported_prompt_tokens: z
    .int()
    .nullable()
    .describe("The prompt's tokens by the provider's count; null where it reported none."),
}).openapi("MessageContext", {
  example: { message_id: 1048580, ...CONTEXT_EXAMPLE, recalled: [], reported_prompt_tokens: 362 },
});

/** What went into a prompt, as the API shows it. Token counts are estimates. */
export const toContext = (report: ContextReport) => ({
  estimated_tokens: {
    persona: tokensIn(report, "persona"),
    history: tokensIn(report, "history"),
    memory: tokensIn(report, "memory"),
    facts: tokensIn(report, "facts"),
    message: tokensIn(report, "message"),
    total: tokensIn(report),
  },
  budget: report.budget,
  message_ids: idsIn(report, (name) => name !== "memory"),
  memory_ids: idsIn(report, (name) => name === "memory"),
  left_out: report.sections.flatMap(({ leftOut = [] }) => leftOut),
  source: report.source,
  sections: report.sections.map(toSection),
});

const idsIn = ({ sections }: ContextReport, isMeant: (name: string) => boolean) =>
  sections.filter(({ name }) => isMeant(name)).flatMap(({ ids = [] }) => idsOf(ids));

const toSection = ({ name, tokens, ids, leftOut }: SectionReport) => ({
  name,
  tokens,
  ...(ids && { ids: idsOf(ids) }),
  ...(leftOut && { left_out: leftOut }),
});
