import { requestId } from "hono/request-id";

import { AppError } from "./errors";
import { allowOrigins, hardenAnswers, refuseMethods } from "./http/edge";
import { answerError } from "./http/errors";
import { logRequests } from "./http/request-log";
import { prepare } from "./http/request";
import { newRouter } from "./http/router";
import { account } from "./routes/account";
import { admin } from "./routes/admin";
import { auth } from "./routes/auth";
import { credentials } from "./routes/credentials";
import { openapi } from "./routes/openapi";
import { inspection } from "./routes/inspection";
import { invitations } from "./routes/invitations";
import { conversations } from "./routes/conversations";
import { chatHealth, health } from "./routes/health";
import { memory } from "./routes/memory";
import { messages } from "./routes/messages";
import { passwords } from "./routes/passwords";
import { personas } from "./routes/personas";
import { safety } from "./routes/safety";
import { stats } from "./routes/stats";
import { turns } from "./routes/turns";
import { completions } from "./routes/v1/completions";
import { models } from "./routes/v1/models";
import { verification } from "./routes/verification";

export const app = newRouter();

app.use(requestId());
app.use(logRequests);
app.use(prepare);
app.use(allowOrigins, ...hardenAnswers, refuseMethods(app));

app.route("/auth", auth);
app.route("/auth", passwords);
app.route("/auth", verification);
app.route("/auth", credentials);
app.route("/auth", account);
app.route("/admin", admin);
app.route("/admin", invitations);
app.route("/personas", personas);
app.route("/personas", memory);
app.route("/chat", conversations);
app.route("/chat", messages);
app.route("/chat", inspection);
app.route("/chat", turns);
app.route("/chat", stats);
app.route("/chat", chatHealth);
app.route("/safety", safety);
app.route("/v1", models);
app.route("/v1", completions);
app.route("/", health);
app.route("/", openapi(app));

app.notFound((c) => answerError(new AppError("not_found"), c));
app.onError(answerError);
