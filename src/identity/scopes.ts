/** What an API key may be made for. `chat` includes reading; `admin` includes neither, and is an administrator's to give. */
export const API_KEY_SCOPES = ["chat", "read", "admin"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** What a request needs: to change personas and conversations, only to look, to govern the server's users, or the account itself. */
export type Scope = ApiKeyScope | "account";

/** The scopes of which a key needs one. An account's credentials are out of any key's reach. */
export const SUFFICIENT: Record<Scope, ApiKeyScope[]> = {
  chat: ["chat"],
  read: ["chat", "read"],
  admin: ["admin"],
  account: [],
};
