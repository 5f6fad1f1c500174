import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";

import { batchAs, retried } from "../db/client";
import { countsOf } from "../db/safety-events";
import type { Config } from "../env";
import { contract, ok } from "../http/contract";
import { newRouter } from "../http/router";
import { moderatorOf } from "../models/moderation";
import { configuredProvider } from "../models/registry";
import { protocolOf } from "../safety/protocol";
import { sumsOf } from "../safety/report";
import { protocolPage } from "../wire/protocol-page";
import { ResourceSchema } from "../wire/safety";

const tags = ["Safety"];

/** What is done for users' safety, and how often it was: published, and for whoever must report it. */
export const safetyProtocol = newRouter();

const texts = z.array(z.string());
const byLanguage = z.record(z.string(), z.string()).describe("By language (ISO 639-1).");

const ProtocolSchema = z
  .object({
    active: z.boolean(),
    inactive_reason: z.string().nullable().describe("Why it is switched off, where it is."),
    operator_url: z.string().nullable(),
    detection: z.object({ version: z.string(), methods: texts }),
    response: texts,
    minors: texts,
    complaints: texts,
    kept: texts,
    processors: texts.describe("Who else reads what users say."),
    notices: z.object({ ai_disclosure: byLanguage, minors_suitability: byLanguage }),
    resources: z.object({
      checked_on: z.string(),
      everywhere: z.array(ResourceSchema),
      regions: z.array(z.object({ region: z.string(), resources: z.array(ResourceSchema) })),
    }),
    referrals: z
      .array(z.object({ year: z.int(), count: z.int() }))
      .describe("How often users were referred to help: last year, and this year until now."),
  })
  .openapi("SafetyProtocol", {
    example: {
      active: true,
      inactive_reason: null,
      operator_url: "https://persona.example.com/about",
      detection: { version: "floor-1", methods: ["Everything a user says is read before …"] },
      response: ["A danger to oneself, now: the persona leaves its role. …"],
      minors: ["Minors have no spouse personas and no romance, …"],
      complaints: ["Every reply can be reported, …"],
      kept: ["What was found of a user is kept for 90 days …"],
      processors: ["What users say is sent to the language model at api.openai.com."],
      notices: {
        ai_disclosure: { en: "You are talking to an AI, not a human." },
        minors_suitability: { en: "Companion chatbots may not be suitable for some minors." },
      },
      resources: {
        checked_on: "2026-11-01",
        everywhere: [
          {
            name: "Find A Helpline",
            url: "https://findahelpline.com",
            hours: "24/7",
            languages: ["en"],
            kind: "suicide",
          },
        ],
        regions: [],
      },
      referrals: [
        { year: 2025, count: 41 },
        { year: 2026, count: 7 },
      ],
    },
  });

/** How long a cache may show it. Seconds. */
const FRESH_S = 3600;
/** A page without scripts, styles or anything from elsewhere. */
const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function processorsOf(config: Config): string[] {
  const moderator = moderatorOf(config);
  return [
    languageModelOf(config),
    ...(moderator
      ? [`It is read along, and so are replies, by the moderation model at ${moderator.host}.`]
      : []),
  ];
}

function languageModelOf(config: Config): string {
  const provider = configuredProvider(config);
  if (!provider) return "No language model is configured: what users say is sent to none.";
  if (provider.name(config) === "offline")
    return "The language model is embedded: what users say is sent to no other.";
  return `What users say is sent to the language model at ${new URL(config.OPENAI_BASE_URL).hostname}.`;
}

const yearOf = (date: Date) => date.getUTCFullYear();

safetyProtocol.openapi(
  contract({
    method: "get",
    path: "/protocol",
    operationId: "getSafetyProtocol",
    access: "public",
    tags,
    summary: "What is done here for users' safety: for everybody, as JSON or as a page",
    responses: {
      200: {
        description: "The protocol; a page where `Accept` prefers `text/html`.",
        content: {
          "application/json": { schema: ProtocolSchema },
          "text/html": { schema: z.string().openapi({ example: "<!doctype html>…" }) },
        },
      },
    },
  }),
  async (c) => {
    const [db, config] = [c.get("db"), c.get("config")];
    const year = yearOf(new Date());
    const [[before], [now]] = [countsOf(db, year - 1), countsOf(db, year)];
    const [lastYears, thisYears] = await retried(() => db.batch([before, now]));
    const referrals = [
      { year: year - 1, count: sumsOf(lastYears).referrals_shown },
      { year, count: sumsOf(thisYears).referrals_shown },
    ];
    const protocol = { ...protocolOf(config), processors: processorsOf(config), referrals };
    const headers = { "Cache-Control": `public, max-age=${FRESH_S}` };
    c.header("Vary", "Accept", { append: true });
    const wanted = accepts(c, {
      header: "Accept",
      supports: ["application/json", "text/html"],
      default: "application/json",
    });
    if (wanted !== "text/html") return c.json(protocol, 200, headers);
    return c.html(protocolPage(protocol), 200, { ...headers, "Content-Security-Policy": PAGE_POLICY });
  },
);

const count = z.int();
const sums = z.record(z.string(), count);

const YearReportSchema = z
  .object({
    year: z.int(),
    referrals_shown: count.describe("How often users were referred to help."),
    by_kind: sums,
    by_region: z
      .record(z.string(), z.union([count, z.literal("<10")]))
      .describe("Smaller numbers than 10 are not told."),
    by_age_group: sums,
    false_alarms: count.describe("How often users said that it was no danger."),
    cut_replies: count,
    minor_signals: count,
    reports: count,
    reports_upheld: count,
    appeals: count,
    appeals_upheld: count,
    detector_versions: z.array(z.object({ source: z.enum(["floor", "moderation"]), version: z.string() })),
    protocols: z.object({ detect_and_respond: texts, replies: texts }),
  })
  .openapi("SafetyYearReport", {
    example: {
      year: 2026,
      referrals_shown: 48,
      by_kind: { crisis: 31, concern: 14, eating_disorder: 3 },
      by_region: { US: 41, unknown: "<10" },
      by_age_group: { adult: 20, unknown: 28 },
      false_alarms: 2,
      cut_replies: 5,
      minor_signals: 1,
      reports: 4,
      reports_upheld: 1,
      appeals: 1,
      appeals_upheld: 1,
      detector_versions: [{ source: "floor", version: "floor-1" }],
      protocols: {
        detect_and_respond: ["Everything a user says is read before …"],
        replies: ["Replies are checked while they are written. …"],
      },
    },
  });

const YearParameter = z
  .string()
  .regex(/^2\d{3}$/, "must be a year")
  .transform(Number)
  .optional()
  .openapi({ type: "integer", minimum: 2000, maximum: 2999, description: "The current one unless said." });

safetyProtocol.openapi(
  contract({
    method: "get",
    path: "/report",
    operationId: "getSafetyReport",
    access: "admin",
    tags,
    summary: "What the law asks to be reported of a year: sums about nobody, which stay when users go",
    request: { query: z.object({ year: YearParameter }) },
    responses: ok(YearReportSchema, "The year (UTC)."),
  }),
  async (c) => {
    const { year = yearOf(new Date()) } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [counts, detectors] = await retried(() => batchAs(db, caller, countsOf(db, year)));
    const { detection, response } = protocolOf(c.get("config"));
    return c.json(
      {
        year,
        ...sumsOf(counts),
        detector_versions: detectors,
        protocols: { detect_and_respond: [...detection.methods, ...response], replies: response.slice(2, 3) },
      },
      200,
    );
  },
);
