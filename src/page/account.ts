import { json } from "./api";
import { Failure, failureOf } from "./failure";
import type {
  Allowances,
  ApiKey,
  Connections,
  Deletion,
  MessageContext,
  NewApiKey,
  Session,
  UsageReport,
} from "./types";

export type Grouping = "day" | "model" | "persona";
export type Report = { days: number; timezone: string; by: Grouping };
export type KeyOrder = {
  name: string;
  scopes: ("chat" | "read")[];
  expires_at: string | null;
  password: string;
};
export type KeyName = Pick<ApiKey, "id" | "name" | "hint">;
type PasswordChange = { current_password: string; new_password: string; keep_api_keys: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day in the form of the API, by the calendar of that time zone. */
const dayIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(at);

/** What one sees and owns, as far as the page uses it. Each throws a `Failure`. */
export const account = {
  context: (messageId: number) => json<MessageContext>(`/chat/messages/${messageId}/context`),

  allowances: () => json<Allowances>("/auth/me/allowance"),
  usage: ({ days, timezone, by }: Report) => {
    const to = dayIn(timezone, Date.now());
    const from = new Date(Date.parse(to) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
    return json<UsageReport>(
      `/chat/stats/usage?${new URLSearchParams({ from, to, timezone, group_by: by })}`,
    );
  },
  totals: () => json<{ total_messages: number }>("/chat/stats"),

  sessions: () => json<Session[]>("/auth/sessions"),
  endSession: (id: string) => json(`/auth/sessions/${id}`, { method: "DELETE" }),

  keys: () => json<ApiKey[]>("/auth/api-keys"),
  makeKey: (order: KeyOrder) => json<NewApiKey>("/auth/api-keys", { body: order }),
  revokeKey: (id: number) => json(`/auth/api-keys/${id}`, { method: "DELETE" }),
  /** How people's own clients are set up, with what stands for a key and for a persona. */
  connect: () => json<Connections>("/v1/connect"),
  /** The personas as programs name them. */
  models: async () => (await json<{ data: { id: string; name: string }[] }>("/v1/models")).data,

  changePassword: (change: PasswordChange) =>
    json<{ kept_api_keys: KeyName[]; revoked_api_keys: KeyName[] }>("/auth/change-password", {
      body: change,
    }),
  remove: (password: string) =>
    json<{ receipt: string }>("/auth/me", { method: "DELETE", body: { password } }),
  /** Needs nobody signed in: whoever has the receipt may ask. */
  deletion: async (receipt: string): Promise<Deletion> => {
    const response = await fetch(`/auth/deletions/${encodeURIComponent(receipt)}`).catch(() => {
      throw new Failure(0);
    });
    if (!response.ok) throw await failureOf(response);
    return (await response.json()) as Deletion;
  },
};
