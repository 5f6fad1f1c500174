import { resolve } from "node:path";

import { defineConfig } from "vite";

const page = (name: string) => resolve(import.meta.dirname, "src/page", name);

/** The page and the API's documents, as the files that `wrangler.toml` serves. */
export default defineConfig({
  root: page(""),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: resolve(import.meta.dirname, "dist/page"),
    emptyOutDir: true,
    target: "es2022",
    // The first that have what the styles and scripts need: `light-dark()`, popovers, `Map.groupBy`.
    cssTarget: ["chrome123", "firefox125", "safari17.5"],
    // The policy allows no `data:` fonts or scripts.
    assetsInlineLimit: 0,
    // The documents' bundle is another project's and is copied as it is.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { page: page("page.html"), docs: page("docs.html"), worker: page("worker.ts") },
      output: {
        entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
