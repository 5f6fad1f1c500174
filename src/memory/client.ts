import { withTimeout } from "../async";
import type { Env } from "../env";
import { AppError } from "../errors";
import type { RecallAnswer, RecallRequest } from "./answer";
import type { Owner, PersonaMemory } from "./object";

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
  return ((await answer.catch(() => null)) ?? null) as RecallAnswer | null;
}

/** How often, and after how many milliseconds, something is told again that nobody waits for. */
const AGAIN_AFTER_MS = [200, 1000, 5000];

/** Tells a memory what it can also find out by itself, later. The step says whether it was heard. */
export async function tellMemory(step: () => Promise<boolean>): Promise<void> {
  for (const pause of AGAIN_AFTER_MS) {
    const isHeard = await Promise.resolve()
      .then(step)
      .catch(() => false);
    if (isHeard) return;
    await scheduler.wait(pause);
  }
}

/** How long forgetting may take. Milliseconds. */
const FORGET_MS = 10_000;

/**
 * Has something forgotten, before it is deleted anywhere else.
 * @throws AppError `overloaded` where the memory does not answer: then nothing is deleted either
 */
export async function forgetFirst(
  env: Env,
  owner: Owner,
  forget: (memory: DurableObjectStub<PersonaMemory>) => Promise<unknown>,
): Promise<void> {
  const done = withTimeout(
    forget(memoryOf(env, owner)).then(() => true as const),
    FORGET_MS,
  );
  const isDone = await done.catch((cause: unknown) => {
    throw new AppError("overloaded", { cause });
  });
  if (!isDone) throw new AppError("overloaded");
}
