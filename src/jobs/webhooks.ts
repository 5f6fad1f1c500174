import type { Run } from "../chat/erase";
import { dueWebhooks, endWebhook, nextWebhook, postponeWebhook } from "../db/safety-events";
import { configOf } from "../env";
import { postSigned, type Webhook } from "../post";

/** How long the operator's server may take. Milliseconds. */
const TIMEOUT_MS = 8000;
/** How many calls are made at once; the platform allows six. */
const AT_ONCE = 6;
/** Waits between tries: from half a minute, doubling, up to six hours; for three days in all. Milliseconds. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [30_000, 6 * 60 * 60_000];
const MOST_TRIES = 20;

const waitAfter = (tries: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);

type Due = Awaited<ReturnType<typeof dueWebhooks>>[number];

/**
 * Tells the operator's server of each danger that was found, until it says that it has heard: `safety.crisis`, with no word of
 * what was said. Done where nothing is left that could be told later.
 */
export async function tellOperator(run: Run, now = () => new Date()): Promise<"done" | "later"> {
  const { SAFETY_WEBHOOK_URL: url, SAFETY_WEBHOOK_SECRET: secret } = configOf(run.env);
  while (!run.isOver()) {
    const due = await run.ask(() => dueWebhooks(run.db, now(), AT_ONCE));
    if (due.length === 0) break;
    await Promise.all(due.map((each) => tell(run, url && secret ? { url, secret } : null, each, now)));
  }
  const [next] = await run.ask(() => nextWebhook(run.db));
  return next ? "later" : "done";
}

/** Without a server to tell, what was to be told is forgotten. */
async function tell(run: Run, webhook: Webhook | null, due: Due, now: () => Date): Promise<void> {
  const { id, webhookTries } = due.event;
  const outcome = webhook && (await outcomeOf(webhook, due));
  const isHeard = typeof outcome === "number" && outcome >= 200 && outcome < 300;
  if (webhook) report(outcome, webhookTries + 1, isHeard);
  if (!webhook || isHeard || webhookTries + 1 >= MOST_TRIES) {
    await run.ask(() => endWebhook(run.db, id));
    return;
  }
  const dueAt = new Date(now().getTime() + waitAfter(webhookTries));
  await run.ask(() => postponeWebhook(run.db, id, dueAt));
}

/** A status, or the name of the error that came in its place. */
async function outcomeOf(webhook: Webhook, due: Due): Promise<number | string> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await postSigned(webhook, due.event.id, JSON.stringify(bodyOf(due)), signal);
  } catch (error) {
    return error instanceof Error ? error.name : "Error";
  }
}

const bodyOf = ({ event, parentLinked }: Due) => ({
  type: "safety.crisis",
  timestamp: event.webhookAt?.toISOString(),
  data: {
    event_id: event.id,
    user_id: event.userId,
    level: event.level,
    step: event.step,
    source: event.source,
    age_group: event.ageGroup,
    parent_linked: parentLinked === 1,
    region: event.region,
  },
});

function report(outcome: number | string | null, tries: number, isHeard: boolean): void {
  const line = JSON.stringify({ event: "safety_webhook", outcome, tries });
  if (isHeard) console.log(line);
  else console.error(line);
}
