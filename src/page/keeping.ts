import { api, type Changes } from "./api";
import { toFailure } from "./failure";
import { conversationOf, failure, putConversation, tell } from "./store";
import { talks } from "./talk";

/**
 * Changes what a conversation is called, where it lies or whether it stays.
 * @throws Failure
 */
export async function change(id: number, changes: Changes): Promise<void> {
  const changed = await api.changeConversation(id, changes);
  putConversation(changed);
  const talk = talks.get(id);
  if (talk) talk.conversation.value = changed;
  tell({ lists: true });
}

/** The same, where nobody waits for it: what went wrong is told where the conversation is shown. */
export const changeSoon = (id: number, changes: Changes): Promise<void> =>
  change(id, changes).catch((error: unknown) => {
    const open = talks.get(id)?.failure;
    (open ?? failure).value = toFailure(error);
  });

/** A conversation as it is known here, whether it is in a list or open. */
export const knownConversation = (id: number) => talks.get(id)?.conversation.value ?? conversationOf(id);
