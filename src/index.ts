import { app } from "./app";
import type { Env } from "./env";
import { ENCRYPTION_CRON, runEncryption } from "./jobs/encryption";
import { runDaily } from "./jobs/retention";
import { endTemporary } from "./jobs/temporary";

export { LiveConversation } from "./chat/conversation";
export { Eraser } from "./jobs/eraser";
export { SearchIndex } from "./search/search-index";
export { PersonaMemory } from "./memory/object";
export { Importer } from "./jobs/importer";

export default {
  fetch: app.fetch,
  async scheduled({ cron }, env) {
    await endTemporary(env);
    await (cron === ENCRYPTION_CRON ? runEncryption(env) : runDaily(env));
  },
} satisfies ExportedHandler<Env>;
