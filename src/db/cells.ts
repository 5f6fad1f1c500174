import type { Database } from "./client";
import type {
  Complaint,
  ComplaintRow,
  ClientNotesRow,
  Conversation,
  ConversationRow,
  Message,
  MessageRow,
  Persona,
  PersonaFile,
  PersonaFileRow,
  PersonaRow,
  Speaker,
  ShareRow,
  Tag,
  TagRow,
} from "./schema";
import type { Cell, Opened, Place } from "./vault";

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
const ofTag = placeOf("tags");
const ofShare = placeOf("shares");
const ofComplaint = placeOf("safety_complaints");

/** What a message says, of which nothing else was read. */
export const openContent = ({ vault }: Database, userId: number, id: number, content: Cell): string =>
  vault.open(ofMessage(userId, id, "content"), content);
const ofNotes = placeOf("client_notes");

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

export const openShare = ({ vault }: Database, { userId, id, data }: ShareRow): string =>
  vault.open(ofShare(userId, id, "data"), data);

export const sealShare = ({ vault }: Database, userId: number, id: number, json: string): Cell =>
  vault.seal(ofShare(userId, id, "data"), json);

export const openTag = ({ vault }: Database, row: TagRow): Tag => ({
  ...row,
  name: vault.open(ofTag(row.userId, row.id, "name"), row.name),
});

export const sealTagName = ({ vault }: Database, userId: number, id: number, name: string): Cell =>
  vault.seal(ofTag(userId, id, "name"), name);

export const openPersona = ({ vault }: Database, row: PersonaRow): Persona => {
  const open = <Stored extends Cell | null>(column: string, stored: Stored) =>
    (stored === null ? null : vault.open(ofPersona(row.userId, row.id, column), stored)) as Opened<{
      it: Stored;
    }>["it"];
  return {
    ...row,
    name: open("name", row.name),
    description: open("description", row.description),
    greeting: open("greeting", row.greeting),
    alternates: open("alternates", row.alternates),
  };
};

/** A persona with its card, where it has one. */
export const openSpeaker = (db: Database, row: PersonaRow, card: Cell | null): Speaker => ({
  ...openPersona(db, row),
  card: card === null ? null : openCard(db, row.userId, row.id, card),
});

type PersonaText = "name" | "description" | "greeting" | "alternates";

/** A text of a persona, for its column. */
export const sealOfPersona = <Text extends string | null>(
  { vault }: Database,
  userId: number,
  id: number,
  column: PersonaText,
  text: Text,
) =>
  (text === null ? null : vault.seal(ofPersona(userId, id, column), text)) as Text extends null ? null : Cell;

const ofCard = placeOf("persona_cards");
const ofSource = placeOf("conversation_sources");
const ofFile = placeOf("persona_files");
const ofPiece = placeOf("file_pieces");

export const sealCard = ({ vault }: Database, userId: number, id: number, card: string): Cell =>
  vault.seal(ofCard(userId, id, "card"), card);
export const openCard = ({ vault }: Database, userId: number, id: number, card: Cell): string =>
  vault.open(ofCard(userId, id, "card"), card);

export const sealSource = ({ vault }: Database, userId: number, id: number, data: string): Cell =>
  vault.seal(ofSource(userId, id, "data"), data);
export const openSource = ({ vault }: Database, userId: number, id: number, data: Cell): string =>
  vault.open(ofSource(userId, id, "data"), data);

export const sealPath = ({ vault }: Database, userId: number, id: number, path: string | null) =>
  path === null ? null : vault.seal(ofFile(userId, id, "path"), path);
export const sealObjectKey = ({ vault }: Database, userId: number, id: number, key: string): Cell =>
  vault.seal(ofFile(userId, id, "object_key"), key);
export const openFile = ({ vault }: Database, row: PersonaFileRow): PersonaFile => {
  const open = (column: string, stored: Cell | null) =>
    stored === null ? null : vault.open(ofFile(row.userId, row.id, column), stored);
  return { ...row, path: open("path", row.path), objectKey: open("object_key", row.objectKey) };
};

export const sealPiece = ({ vault }: Database, userId: number, id: number, data: string): Cell =>
  vault.seal(ofPiece(userId, id, "data"), data);
export const openPiece = ({ vault }: Database, userId: number, id: number, data: Cell): string =>
  vault.open(ofPiece(userId, id, "data"), data);

export const openComplaint = ({ vault }: Database, row: ComplaintRow): Complaint => {
  const open = (column: "note" | "answer") => {
    const stored = row[column];
    return stored === null ? null : vault.open(ofComplaint(row.userId, row.id, column), stored);
  };
  return { ...row, note: open("note"), answer: open("answer") };
};

/** A text of a complaint, for its column. */
export const sealOfComplaint = (
  { vault }: Database,
  userId: number,
  id: number,
  column: "note" | "answer",
  text: string | null,
): Cell | null => (text === null ? null : vault.seal(ofComplaint(userId, id, column), text));
export const sealNotes = ({ vault }: Database, userId: number, id: number, json: string): Cell =>
  vault.seal(ofNotes(userId, id, "data"), json);

export const openNotes = ({ vault }: Database, { userId, id, data }: ClientNotesRow): string =>
  vault.open(ofNotes(userId, id, "data"), data);

/** How many bytes a cell takes in the database. */
export const bytesOf = (cell: Cell | null): number =>
  cell === null ? 0 : Buffer.byteLength(cell as unknown as string | Uint8Array);
