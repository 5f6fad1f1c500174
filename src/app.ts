import { cors } from "hono/cors";
import { requestId } from "hono/request-id";

import { answerError } from "./http/errors";
import { logRequests } from "./http/log";
import { prepare } from "./http/request";
import { newRouter } from "./http/router";
import { AppError } from "./errors";
import { auth } from "./routes/auth";
import { documents } from "./routes/documents";
import { conversations } from "./routes/conversations";
import { chatHealth } from "./routes/health";
import { messages } from "./routes/messages";
import { turns } from "./routes/turns";

export const app = newRouter();

app.use(requestId());
app.use(logRequests);
app.use(prepare);
app.use((c, next) => cors({ origin: c.get("config").CORS_ORIGINS })(c, next));

app.route("/auth", auth);
app.route("/chat", conversations);
app.route("/chat", messages);
app.route("/chat", turns);
app.route("/chat", chatHealth);
app.route("/", documents(app));

app.notFound(() => {
  throw new AppError("not_found");
});
app.onError(answerError);
