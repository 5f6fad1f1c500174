import type { z } from "zod";

import type { CurrentUserSchema, TokensSchema } from "../wire/account";
import type { AllowanceSchema } from "../wire/allowance";
import type { BranchSchema } from "../wire/branch";
import type { ConnectSchema } from "../wire/connect";
import type { MessageContextSchema } from "../wire/context";
import type { ApiKeySchema, NewApiKeySchema, SessionSchema } from "../wire/credentials";
import type { DeletionSchema } from "../wire/deletions";
import type { ErrorSchema } from "../wire/error";
import type { ImportLineSchema, ImportSchema } from "../wire/imports";
import type { FactSchema, RecallSchema } from "../wire/memory";
import type { ConversationSchema, PersonaSchema, ShownMessageSchema, TagSchema } from "../wire/rows";
import type { ReportSchema, SafetyEventSchema } from "../wire/safety-accounts";
import type { SearchResultSchema } from "../wire/search";
import type { ShareSchema } from "../wire/shares";
import type { NoticeSchema, TurnSchema } from "../wire/turn-stream";
import type { UsageReportSchema } from "../wire/usage";

export type Tokens = z.infer<typeof TokensSchema>;
export type User = z.infer<typeof CurrentUserSchema>;
export type Persona = z.infer<typeof PersonaSchema>;
export type Relationship = Persona["relation_type"];
export type Conversation = z.infer<typeof ConversationSchema>;
/** A conversation with what is to be shown to whoever opens it. */
export type OpenedConversation = Conversation & { notices: ShownNotice[] };
export type Message = z.infer<typeof ShownMessageSchema>;
export type Tag = z.infer<typeof TagSchema>;
export type SearchResult = z.infer<typeof SearchResultSchema>;
export type Hit = SearchResult["hits"][number];
export type Share = z.infer<typeof ShareSchema>;
export type Import = z.infer<typeof ImportSchema>;
/** A persona that was made of a card, and what of the card is not as it was. */
export type ImportedPersona = { persona: Persona; warnings: { code: string; detail: string }[] };
export type ImportLine = z.infer<typeof ImportLineSchema>;
export type Branch = z.infer<typeof BranchSchema>;
export type Turn = z.infer<typeof TurnSchema>;
export type Notice = z.infer<typeof NoticeSchema>;
export type ErrorBody = z.infer<typeof ErrorSchema>;
export type ErrorCode = ErrorBody["code"];

export type RunningTurn = { turn_id: string; assistant_message_id: number };

/** What the law has a user shown, before the reply is read. */
export type ShownNotice = {
  id: string;
  kind: "ai_disclosure" | "break_reminder" | "minors_suitability";
  text: string;
};
export type HelpResource = {
  name: string;
  tel?: string;
  /** What to text, and to where. */
  sms?: string;
  chat_url?: string;
  url: string;
  hours: string;
};
/** What was heard of a danger, with where to turn to. */
export type Safety = {
  id: string;
  level: "high" | "low" | null;
  text: string | null;
  resources: HelpResource[];
  must_show: boolean;
};
/** What was found for the user's safety, and what they said of a reply. */
export type SafetyEvent = z.infer<typeof SafetyEventSchema>;
export type FalseAlarm = NonNullable<SafetyEvent["feedback"]>;
export type Report = z.infer<typeof ReportSchema>;
export type ReportReason = Report["reason"];
/** What a persona knows of its user. */
export type Fact = z.infer<typeof FactSchema>;
export type FactKind = Fact["kind"];
/** What a persona would recall for a question. */
export type Recall = z.infer<typeof RecallSchema>;
/** A message that a reply recalled. */
export type Recalled = MessageContext["recalled"][number];
export type Allowances = z.infer<typeof AllowanceSchema>;
export type MessageContext = z.infer<typeof MessageContextSchema>;
export type Session = z.infer<typeof SessionSchema>;
export type ApiKey = z.infer<typeof ApiKeySchema>;
export type Connections = z.infer<typeof ConnectSchema>;
export type NewApiKey = z.infer<typeof NewApiKeySchema>;
export type Deletion = z.infer<typeof DeletionSchema>;
export type UsageReport = z.infer<typeof UsageReportSchema>;

/** What a turn's stream says, by the event's name. */
export type TurnEvents = {
  "turn.started": {
    turn_id: string;
    conversation_id: number;
    user_message: Message | null;
    assistant_message: Message;
  };
  delta: { text: string };
  "message.withdrawn": { message_id: number; text: string };
  "turn.notice": Notice;
  notice: ShownNotice;
  safety: Safety | null;
  "turn.completed": Turn;
  "turn.stopped": Turn;
  "turn.interrupted": Turn;
  "turn.failed": Omit<ErrorBody, "request_id"> & Partial<Turn>;
};
