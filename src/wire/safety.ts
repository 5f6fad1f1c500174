import { z } from "@hono/zod-openapi";

import type { Found, Message, Notice } from "../db/schema";
import type { DisclosureEvent, FoundEvent } from "../events/events";
import { resourcesOf } from "../safety/resources";
import { safetyText } from "../safety/texts";

/** What says to machines that a text was made by one (EU AI Act, article 50(2)). */
export const AI_GENERATED = { "X-AI-Generated": "true" } as const;

export const ShownNoticeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(["ai_disclosure", "break_reminder", "minors_suitability"]),
    text: z.string().describe("To be shown as it is, where the user sees it before they read on."),
    locale: z.string(),
    must_show: z.literal(true),
  })
  .describe("What the law has a user shown.")
  .openapi("ShownNotice", {
    example: {
      id: "ntc_1048578_1",
      kind: "ai_disclosure",
      text: "You are talking to an AI, not a human.",
      locale: "en",
      must_show: true,
    },
  });

export const ResourceSchema = z
  .object({
    name: z.string(),
    tel: z.string().optional(),
    sms: z.string().optional().describe("What to text, and to where."),
    chat_url: z.string().optional(),
    url: z.string(),
    hours: z.string(),
    languages: z.array(z.string()),
    kind: z.enum(["suicide", "emergency", "youth"]),
  })
  .openapi("HelpResource");

export const SafetySchema = z
  .object({
    id: z.string(),
    code: z
      .enum(["crisis", "concern", "eating_disorder", "minor_signal"])
      .describe(
        "`minor_signal`: the user has said that they are under eighteen, and is treated so from now on.",
      ),
    level: z.enum(["high", "low"]).nullable(),
    step: z.int().describe("2 where help was named before in this session."),
    source: z.enum(["floor", "moderation"]),
    resources: z.array(ResourceSchema),
    text: z.string().nullable(),
    must_show: z.boolean(),
  })
  .describe("What was heard of a danger, with where to turn to.")
  .openapi("Safety", {
    example: {
      id: "saf_1048578_1",
      code: "crisis",
      level: "high",
      step: 1,
      source: "floor",
      resources: [
        {
          name: "988 Suicide & Crisis Lifeline",
          tel: "988",
          sms: "988",
          chat_url: "https://chat.988lifeline.org",
          url: "https://988lifeline.org",
          hours: "24/7",
          languages: ["en", "es"],
          kind: "suicide",
        },
      ],
      text: "I'm very glad you told me, and I'm worried about you. …",
      must_show: true,
    },
  });

/** A notice as clients are given it. */
export const toShownNotice = (notice: Notice) => ({ ...notice, must_show: true as const });

/** A notice as a line of text before the reply, for clients that show nothing else. It is no part of the reply. */
export const noticeLine = ({ notice }: Pick<DisclosureEvent, "notice">) => `${notice.text}\n\n`;

/** What was found, as clients are told it; null for what is told otherwise, such as a cut by the turn's end. */
export function toSafety({ found, region, locale }: Omit<FoundEvent, "type">) {
  const { id, code, level, step, source } = found;
  if (code === "cut") return null;
  if (code === "minor_signal")
    return { id, code, level, step, source, resources: [], text: null, must_show: false };
  const resources = resourcesOf(region);
  const text = safetyText(code, locale, step, resources);
  return { id, code, level, step, source, resources, text, must_show: true };
}

const GRAVITY = ["crisis", "concern", "eating_disorder", "minor_signal"] as const;
const gravityOf = ({ code, level }: Found) =>
  2 * GRAVITY.findIndex((name) => name === code) + Number(level !== "high");

/** What a reply's row says was shown with it: the notices, and of what was found the gravest. */
export function toShown({ safety }: Pick<Message, "safety">) {
  const told = (safety?.found ?? []).filter(({ code, outcome }) => code !== "cut" && outcome !== "repeated");
  const [gravest] = told.toSorted((a, b) => gravityOf(a) - gravityOf(b));
  return {
    notices: (safety?.notices ?? []).map(toShownNotice),
    safety: safety && gravest ? toSafety({ ...safety, found: gravest }) : null,
  };
}
