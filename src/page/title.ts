import { api } from "./api";
import { putConversation, tell } from "./store";
import type { Talk } from "./talk";

/** How long after a first reply its conversation's title is looked for, and how long after that again. Milliseconds. */
const LOOKED_FOR_AFTER_MS = [1000, 3000, 9000];

/** Shows the title that the server gives a conversation after its first reply. A later one comes with the next list. */
export async function awaitTitle(talk: Talk): Promise<void> {
  for (const pause of LOOKED_FOR_AFTER_MS) {
    await new Promise((later) => setTimeout(later, pause));
    const { notices: _, ...conversation } = await api.conversation(talk.id);
    if (conversation.untitled) continue;
    talk.conversation.value = conversation;
    putConversation(conversation);
    return tell({ lists: true });
  }
}
