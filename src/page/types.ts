import type { z } from "zod";

import type { TokensSchema, UserSchema } from "../wire/account";
import type { ErrorSchema } from "../wire/error";
import type { ConversationSchema, PersonaSchema, ShownMessageSchema } from "../wire/rows";
import type { NoticeSchema, TurnSchema } from "../wire/turn-stream";

export type Tokens = z.infer<typeof TokensSchema>;
export type User = z.infer<typeof UserSchema>;
export type Persona = z.infer<typeof PersonaSchema>;
export type Relationship = Persona["relation_type"];
export type Conversation = z.infer<typeof ConversationSchema>;
export type Message = z.infer<typeof ShownMessageSchema>;
export type Turn = z.infer<typeof TurnSchema>;
export type Notice = z.infer<typeof NoticeSchema>;
export type ErrorBody = z.infer<typeof ErrorSchema>;
export type ErrorCode = ErrorBody["code"];

export type RunningTurn = { turn_id: string; assistant_message_id: number };

/** What a turn's stream says, by the event's name. */
export type TurnEvents = {
  "turn.started": {
    turn_id: string;
    conversation_id: number;
    user_message: Message | null;
    assistant_message: Message;
  };
  delta: { text: string };
  "turn.notice": Notice;
  "turn.completed": Turn;
  "turn.stopped": Turn;
  "turn.interrupted": Turn;
  "turn.failed": Omit<ErrorBody, "request_id"> & Partial<Turn>;
};
