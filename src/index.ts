import { app } from "./app";
import type { Env } from "./env";
import { ENCRYPTION_CRON, runEncryption } from "./jobs/encryption";
import { runDaily } from "./jobs/retention";

export { LiveConversation } from "./chat/conversation";
export { Eraser } from "./jobs/eraser";
export { PersonaMemory } from "./memory/object";
export { Importer } from "./jobs/importer";

export default {
  fetch: app.fetch,
  scheduled: ({ cron }, env) => (cron === ENCRYPTION_CRON ? runEncryption(env) : runDaily(env)),
} satisfies ExportedHandler<Env>;
