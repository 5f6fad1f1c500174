import { accessRefusal, type Caller, type Database } from "../db/client";
import type { Config } from "../env";
import { asAdministrator } from "./administrators";
import { callerOfApiKey, looksLikeApiKey } from "./api-keys";
import type { Scope } from "./scopes";
import { readAccessToken } from "./tokens";

/**
 * Who a bearer token stands for. A session may do everything but what is an administrator's. Whether it, or an API key, is in
 * force, and its user an administrator, is for the queries that follow to check, without a round trip of their own. Only what
 * no key may do is refused here.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function callerOf(token: string, scope: Scope, db: Database, config: Config): Promise<Caller> {
  const caller: Caller = looksLikeApiKey(token)
    ? await callerOfApiKey(db, config, token, scope)
    : await readAccessToken(token, config);
  if (caller.apiKey && scope === "account") throw await accessRefusal(db, caller);
  return scope === "admin" ? asAdministrator(caller, config) : caller;
}
