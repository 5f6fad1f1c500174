import { createHash } from "node:crypto";

import { html, raw } from "hono/html";

const STYLE = `:root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}body{max-width:42rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.4rem}article{margin:1.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}h2{margin:0;font-size:.85rem;font-weight:600;opacity:.7}footer{margin-top:3rem;font-size:.85rem;opacity:.7}`;

/** Nothing is fetched and nothing runs: the page is its text, and the one style whose hash this is. */
export const SHARED_HEADERS = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "X-Robots-Tag": "noindex, nofollow",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

type Shared = {
  title: string | null;
  persona: string | null;
  messages: { role: "user" | "assistant"; content: string }[];
};

/** What is shared, as a page. Texts are texts: `html` escapes what it is given. */
export const sharedPage = ({ title, persona, messages }: Shared) => {
  const name = persona ?? "AI";
  return html`<!doctype html>
    <html>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title ?? name}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <h1>${title ?? name}</h1>
        ${messages.map(
          ({ role, content }) =>
            html`<article>
              <h2>${role === "user" ? "—" : name}</h2>
              ${content}
            </article>`,
        )}
        <footer>${name} is an AI.</footer>
      </body>
    </html>`;
};
