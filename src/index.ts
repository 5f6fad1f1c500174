import { app } from "./app";
import type { Env } from "./env";
import { tidy } from "./jobs/retention";

export { LiveConversation } from "./chat/conversation";

export default {
  fetch: app.fetch,
  scheduled: (_event, env) => tidy(env),
} satisfies ExportedHandler<Env>;
