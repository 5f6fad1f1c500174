import type { Caller, Database } from "../db/client";
import type { Config } from "../env";
import { callerOfApiKey, looksLikeApiKey } from "./api-keys";
import type { Scope } from "./scopes";
import { readAccessToken } from "./tokens";

/**
 * Who a bearer token stands for. A session may do everything; whether it still stands is for the queries that follow to
 * check, without a round trip of their own. An API key is looked up here and held to its scopes.
 * @throws AppError `unauthenticated`, `missing_scope`
 */
export async function callerOf(token: string, scope: Scope, db: Database, config: Config): Promise<Caller> {
  return looksLikeApiKey(token) ? callerOfApiKey(token, scope, db) : readAccessToken(token, config);
}
