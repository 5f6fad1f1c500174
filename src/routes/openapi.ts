import type { OpenAPIHono } from "@hono/zod-openapi";

import { version } from "../../package.json";
import { ok, contract, ConfirmationSchema } from "../http/contract";
import { pageFor } from "../http/page";
import { newRouter, type AppEnv } from "../http/router";
import { UiChunkSchema } from "../wire/ai-sdk";
import { ImportEventSchema } from "../wire/imports";
import { CompletionEventSchema } from "../wire/openai-chat";
import { ResponseEventSchema } from "../wire/openai-response-events";
import { TurnEventSchema } from "../wire/turn-stream";

const TITLE = "Digital Persona Platform";

/** Every tag that a contract may carry, in the order the page shows them. */
export const TAGS = [
  { name: "Account", description: "Registering, signing in, and the sessions and keys of an account." },
  { name: "Personas", description: "Who one talks to: a name, a description and a relationship." },
  { name: "Conversations", description: "Conversations with a persona." },
  { name: "Messages", description: "Sending a message, as JSON or as a stream of events, and reading them." },
  {
    name: "Branches",
    description: "What else was said: variants, other words, going on with a reply, forks, deletions undone.",
  },
  { name: "Imports", description: "Bringing in chats that were had elsewhere." },
  { name: "Turns", description: "The reply that is being written: following it again, stopping it." },
  {
    name: "OpenAI",
    description: "Every persona is a model: what clients of OpenAI's API call, with `/v1` as their base URL.",
  },
  {
    name: "Memory",
    description: "What a persona knows of you and remembers: to see, tell, correct and forget.",
  },
  { name: "Safety", description: "What is heard of a danger, and what is done then." },
  { name: "Usage", description: "Tokens, costs and statistics." },
  {
    name: "Administration",
    description: "The users of this server and who may join them, for its administrators.",
  },
  { name: "Service", description: "What runs here and whether it is well." },
];

/** The events of each kind of stream, which media types name in `x-event-schema`. */
const EVENTS = {
  TurnEvent: TurnEventSchema,
  ChatCompletionEvent: CompletionEventSchema,
  ImportEvent: ImportEventSchema,
  ResponseEvent: ResponseEventSchema,
  UIMessageChunk: UiChunkSchema,
};

/** The API's document. `app` is the application they describe, with all its routes. */
export function openapi(app: OpenAPIHono<AppEnv>) {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "An access token from `/auth/login` or `/auth/register`, or an API key.",
  });
  for (const [name, header] of [
    ["apiKey", "api-key"],
    ["xApiKey", "x-api-key"],
  ] as const) {
    app.openAPIRegistry.registerComponent("securitySchemes", name, {
      type: "apiKey",
      in: "header",
      name: header,
      description: "The same, as some clients of OpenAI's API send it.",
    });
  }
  for (const [name, schema] of Object.entries(EVENTS)) app.openAPIRegistry.register(name, schema);
  const router = newRouter();

  router.use("/", async function showBrowsersThePage(c, next) {
    const page = await pageFor(c);
    if (page) return page;
    return next();
  });
  router.openapi(welcome, (c) => c.json({ message: `${TITLE}: see /docs` }, 200));

  router.get("/openapi.json", (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: TITLE,
          version,
          license: { name: "MIT", url: "https://opensource.org/license/mit" },
          description: "Conversations with digital personas, with durable, streaming replies.",
        },
        servers: [{ url: new URL(c.req.url).origin }],
        tags: TAGS,
      }),
    ),
  );
  return router;
}

const welcome = contract({
  method: "get",
  path: "/",
  operationId: "getWelcome",
  access: "public",
  tags: ["Service"],
  summary: "Greet",
  responses: ok(ConfirmationSchema, "Where the documents are. A browser gets the page instead."),
});
