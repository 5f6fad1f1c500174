import { cors } from "hono/cors";
import { requestId } from "hono/request-id";

import { answerError } from "./http/errors";
import { prepare } from "./http/request";
import { newRouter } from "./http/router";
import { AppError } from "./errors";

export const app = newRouter();

app.use(requestId());
app.use(prepare);
app.use((c, next) => cors({ origin: c.get("config").CORS_ORIGINS })(c, next));

app.notFound(() => {
  throw new AppError("not_found");
});
app.onError(answerError);
