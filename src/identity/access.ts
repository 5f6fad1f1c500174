import type { Caller, Database } from "../db/client";
import type { Config } from "../env";
import { readAccessToken } from "./tokens";

/** What a caller may do: everything with personas and conversations, only look, or govern the account itself. */
export type Scope = "chat" | "read" | "account";

/**
 * Who a bearer token stands for. Whether that session still stands is for the queries that follow to check.
 * @throws AppError `unauthenticated`
 */
export async function callerOf(token: string, _scope: Scope, _db: Database, config: Config): Promise<Caller> {
  return readAccessToken(token, config);
}
