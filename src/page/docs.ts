// Both are copied as they are: bundling them costs two seconds and gives nothing.
import bundle from "swagger-ui-dist/swagger-ui-bundle.js?url";
import style from "swagger-ui-dist/swagger-ui.css?url";

declare const SwaggerUIBundle: (options: Record<string, unknown>) => void;

const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
const script = Object.assign(document.createElement("script"), { src: bundle });
script.addEventListener("load", () =>
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#page",
    deepLinking: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  }),
);
for (const part of [link, script]) document.head.appendChild(part);
