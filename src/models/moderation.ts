import type { OpenAI } from "openai";

import type { Config } from "../env";
import type { ReplyFault } from "../safety/reply";

/**
 * What a moderation model takes a text for: a danger of its writer, now (`high`) or perhaps (`low`), or none; and what would be
 * wrong with it as a reply, of a minor where `ofMinor` says so. `version` is the name that the model gives itself.
 */
export type Moderation = {
  level: "high" | "low" | null;
  faults: ReplyFault[];
  ofMinor: boolean;
  version: string;
};

/** A moderation model. `host` is where it stands. */
export type Moderator = {
  host: string;
  moderate: (text: string, signal: AbortSignal) => Promise<Moderation>;
};

const OPENAI = "https://api.openai.com/v1";
const MODEL = "omni-moderation-latest";

/** The moderation model that the configuration names, or null: OpenAI's own beside OpenAI's models, or any of its shape. */
export function moderatorOf(config: Config): Moderator | null {
  const { SAFETY, SAFETY_MODERATION: mode, SAFETY_MODERATION_KEY, OPENAI_BASE_URL, OPENAI_API_KEY } = config;
  if (!SAFETY || mode === "off") return null;
  if (mode !== "auto") return moderatorAt(mode, SAFETY_MODERATION_KEY);
  return OPENAI_BASE_URL === OPENAI && OPENAI_API_KEY
    ? moderatorAt(`${OPENAI}/moderations`, OPENAI_API_KEY)
    : null;
}

/** Why a moderation model gave no answer, in a word for the log. */
export class NoVerdict extends Error {
  override readonly name = "NoVerdict";
}

/** @param url where it is asked, `/moderations` and all */
const moderatorAt = (url: string, key: string | undefined): Moderator => ({
  host: new URL(url).hostname,
  async moderate(input, signal) {
    const client = await clientOf(key);
    const asked = client.post<unknown>(url, { body: { model: MODEL, input }, signal });
    return readModeration(await asked.catch((error: unknown) => refuse(error, signal)));
  },
});

/** What a server answered that did not do what it was asked, as its status. */
function refuse(error: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  const { status } = Object(error) as { status?: unknown };
  throw typeof status === "number" ? new NoVerdict(String(status)) : error;
}

let known: { key: string | undefined; client: OpenAI } | undefined;

/**
 * The package is evaluated when somebody is first moderated: a Worker without moderation starts as fast without it. Waiting and
 * trying again are ours; of what it sees it writes nothing, and it takes nothing from the environment.
 */
async function clientOf(key: string | undefined): Promise<OpenAI> {
  if (known && known.key === key) return known.client;
  const { OpenAI } = await import("openai");
  const client = new OpenAI({
    apiKey: key ?? "none",
    baseURL: OPENAI,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off",
    defaultHeaders: { "User-Agent": "digital-persona-platform", ...(!key && { Authorization: null }) },
    fetchOptions: { redirect: "manual" },
    fetch: (...given) => fetch(...given),
  });
  known = { key, client };
  return client;
}

const HIGH = ["self-harm/intent", "self-harm/instructions"];
const OF_MINOR = "sexual/minors";
const FAULTS: readonly (readonly [ReplyFault, categories: string[]])[] = [
  ["encourage", ["self-harm/instructions"]],
  ["sexual", ["sexual", OF_MINOR]],
];
/** A name is kept with the event, and none is longer than this. Characters. */
const MAX_NAME = 60;

/** @throws NoVerdict where it is no answer of that shape */
function readModeration(answer: unknown): Moderation {
  const { model, results } = Object(answer) as { model?: unknown; results?: unknown };
  const [result] = Array.isArray(results) ? (results as unknown[]) : [];
  const { categories } = Object(result) as { categories?: unknown };
  if (typeof categories !== "object" || categories === null) throw new NoVerdict("unreadable");
  const flagged = (name: string) => (categories as Record<string, unknown>)[name] === true;
  const level = HIGH.some(flagged) ? "high" : flagged("self-harm") ? "low" : null;
  const faults = FAULTS.filter(([, names]) => names.some(flagged)).map(([fault]) => fault);
  const version = typeof model === "string" ? model.slice(0, MAX_NAME).toWellFormed() : "";
  return { level, faults, ofMinor: flagged(OF_MINOR), version: version || MODEL };
}
