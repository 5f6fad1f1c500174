import { app } from "./app";
import type { Env } from "./env";
import { runDaily } from "./jobs/retention";

export { LiveConversation } from "./chat/conversation";
export { PersonaMemory } from "./memory/object";

export default {
  fetch: app.fetch,
  scheduled: (_event, env) => runDaily(env),
} satisfies ExportedHandler<Env>;
