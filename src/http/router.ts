import { OpenAPIHono } from "@hono/zod-openapi";

import type { Caller, Database } from "../db/client";
import type { Config, Env } from "../env";
import { AppError } from "../errors";
import { pathRouter } from "./path-router";

/** What every handler finds on its context. `caller` only behind `authenticate`. */
export type AppEnv = {
  Bindings: Env;
  Variables: { requestId: string; config: Config; db: Database; caller: Caller; failure?: AppError };
};

/**
 * A router whose inputs are checked against their contracts and whose paths work with and without a final slash.
 * @throws AppError `validation_failed` from any route whose input does not match, naming each problem
 */
export const newRouter = () =>
  new OpenAPIHono<AppEnv>({
    strict: false,
    router: pathRouter(),
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.map((issue) => ({
        path: [result.target === "json" ? "body" : result.target, ...issue.path].join("."),
        message: issue.message,
      }));
      const [first] = errors;
      throw new AppError("validation_failed", { detail: first && `${first.path}: ${first.message}`, errors });
    },
  });
