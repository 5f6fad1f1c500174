import type { OpenAPIHono } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { html } from "hono/html";

import { version } from "../../package.json";
import { ok, contract, ConfirmationSchema } from "../http/contract";
import { newRouter, type AppEnv } from "../http/router";

const TITLE = "Digital Persona Platform";

/** Every tag that a contract may carry, in the order the page shows them. */
export const TAGS = [
  { name: "Account", description: "Registering, signing in, and the sessions and keys of an account." },
  { name: "Personas", description: "Who one talks to: a name, a description and a relationship." },
  { name: "Conversations", description: "Conversations with a persona." },
  { name: "Messages", description: "Sending a message, as JSON or as a stream of events, and reading them." },
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

/** The pages about the server itself. `app` is the application they describe, with all its routes. */
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
  const router = newRouter();

  router.use("/", async function showBrowsersThePage(c, next) {
    const supports = ["application/json", "text/html"];
    const type = accepts(c, { header: "Accept", supports, default: "application/json" });
    if (type === "text/html") return c.redirect("/docs");
    await next();
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
  router.get("/docs", (c) => c.html(page, 200, { "Content-Security-Policy": PAGE_POLICY }));
  router.get("/docs/start.js", (c) => c.body(START_SCRIPT, 200, { "Content-Type": "text/javascript" }));
  router.get("/docs/:file{swagger-ui\\.css|swagger-ui-bundle\\.js|favicon-32x32\\.png}", async (c) => {
    const file = await c.env.ASSETS.fetch(
      new Request(new URL(`/${c.req.param("file")}`, c.req.url), c.req.raw),
    );
    return new Response(file.body, file);
  });
  return router;
}

const welcome = contract({
  method: "get",
  path: "/",
  operationId: "getWelcome",
  access: "public",
  tags: ["Service"],
  summary: "Greet",
  responses: ok(ConfirmationSchema, "Where the documents are. A browser is sent there instead."),
});

/** Scripts only from here. The library sets style attributes, and draws its icons as data URLs. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const START_SCRIPT = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#page",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

const page = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${TITLE}: API</title>
      <link rel="icon" href="/docs/favicon-32x32.png" />
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
    </head>
    <body>
      <div id="page"></div>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/start.js"></script>
    </body>
  </html>`;
