import { withTimeout } from "../async";
import type { Env } from "../env";
import { AppError } from "../errors";
import type { Owner, PersonaMemory, RecallAnswer, RecallRequest } from "./object";

/** The memory of what a user and a persona said to each other. */
export const memoryOf = (env: Env, { userId, personaId }: Owner): DurableObjectStub<PersonaMemory> => {
  const memories = env.MEMORIES as DurableObjectNamespace<PersonaMemory>;
  return memories.get(memories.idFromName(`${userId}:${personaId}`));
};

/** How long a reply waits for what is remembered. Milliseconds. */
const PATIENCE_MS = 150;

/** What is remembered for a reply; null where it does not come in time: no turn fails or waits longer for it. */
export async function recallInTime(
  env: Env,
  owner: Owner,
  request: RecallRequest,
): Promise<RecallAnswer | null> {
  const answer = withTimeout(memoryOf(env, owner).recall(owner, request), PATIENCE_MS);
  return (await answer.catch(() => null)) ?? null;
}

/**
 * Forgets messages for good, before they are deleted: nothing that is learnt late brings them back.
 * @throws AppError `overloaded` where the memory does not answer: then nothing is deleted either
 */
export async function forgetMessages(env: Env, owner: Owner, ids: number[]): Promise<void> {
  await memoryOf(env, owner)
    .forgetMessages(owner, ids)
    .catch((cause: unknown) => {
      throw new AppError("overloaded", { cause });
    });
}
