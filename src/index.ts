import { app } from "./app";

export { LiveConversation } from "./chat/conversation";

export default { fetch: app.fetch } satisfies ExportedHandler<import("./env").Env>;
