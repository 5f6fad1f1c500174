import { retried, type Database } from "../db/client";
import { memoryTerms } from "../db/memory";
import { configOf, type Env } from "../env";
import { policyOf, type Policy } from "../safety/policy";
import type { Owner } from "./owner";

/** What holds between a user and a persona of theirs, as the database says; null where they are to remember nothing. */
export async function remembering(
  db: Database,
  env: Env,
  { userId, personaId }: Owner,
): Promise<Policy | null> {
  const config = configOf(env);
  const [terms] = await retried(async () => memoryTerms(db, userId, personaId));
  if (!terms?.memory || config.MEMORY_TOKENS === 0) return null;
  const policy = policyOf(terms.safety, null, config, Date.now());
  return policy.memory ? policy : null;
}
