import { signal } from "@preact/signals";

import { json, page } from "./api";
import type { FalseAlarm, Message, Report, ReportReason, SafetyEvent } from "./types";

/** The reply that is being reported. */
export const reporting = signal<Message | null>(null);

const event = (id: string) => `/safety/events/${id}`;

/** What users say against what they were told, and what was found of them. Each throws a `Failure`. */
export const objecting = {
  report: (messageId: number, reason: ReportReason, note: string) =>
    json<Report>(`/chat/messages/${messageId}/report`, { body: { reason, note: note || null } }),
  /** The newest ones. */
  events: async () => (await page<SafetyEvent>("/safety/events?limit=50")).items,
  wasWrong: (id: string, about: FalseAlarm) =>
    json<SafetyEvent>(`${event(id)}/feedback`, { body: { wrong: true, about } }),
  appeal: (id: string, note: string) =>
    json<SafetyEvent>(`${event(id)}/appeal`, { body: { note: note || null } }),
};
