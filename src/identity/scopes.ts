/** What an API key may be made for. `chat` includes reading. */
export const API_KEY_SCOPES = ["chat", "read"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** What a request needs: to change personas and conversations, only to look, or to govern the account itself. */
export type Scope = ApiKeyScope | "account";

/** The scopes of which a key needs one. An account's credentials are out of any key's reach. */
export const SUFFICIENT: Record<Scope, ApiKeyScope[]> = {
  chat: ["chat"],
  read: ["chat", "read"],
  account: [],
};
