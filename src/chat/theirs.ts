import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried, uniqueViolation, type Caller, type Database } from "../db/client";
import { conversationNamed, insertConversation } from "../db/conversations";
import { personaById } from "../db/personas";
import { takenBy } from "../db/room";
import { reserveId } from "../db/row-ids";
import type { Conversation } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import { titleOf } from "../prompt/title";
import { configuredRoom, noRoomFor, roomOf } from "../usage/room";

/** With whom a conversation is that a client of another API begins, and the words it begins with. */
type Chat = { personaId: number; begins: string; externalId?: string; origin?: "api" };

/**
 * The id of the conversation that a client knows under a name of its own: found or, the first time, made. Of several that
 * make it at once, one does.
 * @throws AppError `unauthenticated`, `missing_scope`, `model_not_found`
 */
export async function findOrMake(
  db: Database,
  caller: Caller,
  chat: Chat & { externalId: string },
  config: Config,
): Promise<number> {
  const { personaId, externalId } = chat;
  const find = async () => {
    const query = conversationNamed(db, caller.userId, personaId, externalId);
    const [[found]] = await retried(() => batchAs(db, caller, [query]));
    return found?.id;
  };
  const known = await find();
  if (known !== undefined) return known;
  try {
    return (await make(db, caller, chat, config)).id;
  } catch (error) {
    const other = uniqueViolation(error) === null ? undefined : await find();
    if (other === undefined) throw error;
    return other;
  }
}

/**
 * Makes a conversation for what a client says.
 * @throws AppError `unauthenticated`, `missing_scope`, `model_not_found`, `too_many_conversations`, `storage_full`
 */
export async function make(
  db: Database,
  caller: Caller,
  { begins, ...chat }: Chat,
  config: Config,
): Promise<Conversation> {
  const id = await reserveId(db, caller, "conversations");
  const { userId } = caller;
  const row = { id, userId, ...chat, title: titleOf(begins), room: configuredRoom(config) };
  const [[made], [persona], taken, own] = await batchAs(db, caller, [
    insertConversation(db, row),
    personaById(db, userId, chat.personaId),
    takenBy(db, userId),
    ownAllowances(db, userId),
  ]);
  if (!persona) throw new AppError("model_not_found");
  if (!made) throw noRoomFor("conversations", one(taken), roomOf(one(own), config));
  return made;
}
