import type { Database } from "./client";
import type { Conversation, ConversationRow, Message, MessageRow, Persona, PersonaRow } from "./schema";
import type { Cell, Place } from "./vault";

/*
 * Rows with their cells opened, and what is written with its cells sealed, for the user whose they are: under another one's
 * key, or in another row, nothing opens.
 */

const placeOf =
  (table: string) =>
  (userId: number, row: number, column: string): Place => ({ userId, table, row, column });
const ofPersona = placeOf("personas");
const ofConversation = placeOf("conversations");
const ofMessage = placeOf("chat_messages");

export const openMessage = ({ vault }: Database, userId: number, row: MessageRow): Message => ({
  ...row,
  content: vault.open(ofMessage(userId, row.id, "content"), row.content),
});

export const sealMessage = ({ vault }: Database, userId: number, message: Message): MessageRow => ({
  ...message,
  content: vault.seal(ofMessage(userId, message.id, "content"), message.content),
});

export const openConversation = ({ vault }: Database, row: ConversationRow): Conversation => ({
  ...row,
  title: vault.open(ofConversation(row.userId, row.id, "title"), row.title),
});

export const sealTitle = ({ vault }: Database, userId: number, id: number, title: string): Cell =>
  vault.seal(ofConversation(userId, id, "title"), title);

export const openPersona = ({ vault }: Database, row: PersonaRow): Persona => ({
  ...row,
  name: vault.open(ofPersona(row.userId, row.id, "name"), row.name),
  description:
    row.description === null
      ? null
      : vault.open(ofPersona(row.userId, row.id, "description"), row.description),
});

export const sealName = ({ vault }: Database, userId: number, id: number, name: string): Cell =>
  vault.seal(ofPersona(userId, id, "name"), name);

export const sealDescription = (
  { vault }: Database,
  userId: number,
  id: number,
  text: string | null,
): Cell | null => (text === null ? null : vault.seal(ofPersona(userId, id, "description"), text));
