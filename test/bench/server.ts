import { execFile } from "node:child_process";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { convertV4MiniflareOptions, Miniflare, NoOpLog } from "miniflare";
import unbounded from "../../scripts/unbounded.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "../..");

/** Bundles the Worker as a deployment would, and puts the bench's own Workers beside it. */
export async function build(outdir: string, checkout = ROOT): Promise<void> {
  const wrangler = join(checkout, "node_modules/wrangler/bin/wrangler.js");
  await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", outdir], {
    cwd: checkout,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  for (const file of ["floor.js", "counting.js"])
    await copyFile(join(import.meta.dirname, file), join(outdir, file));
}

type Options = {
  bundle: string;
  state: string;
  upstream: string;
  /** Note every round trip, and what is written: see `counting.js`. */
  counting?: boolean;
  /** Variables beside those of the bench. */
  variables?: Record<string, string>;
};

/** Our Worker and the bare one in the same runtime, each on a socket of its own with nothing in front. */
export async function startServer({ bundle, state, upstream, counting = false, variables = {} }: Options) {
  const toml = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  const compatibilityDate = /compatibility_date = "(.+)"/.exec(toml)![1]!;
  const compatibilityFlags = JSON.parse(/compatibility_flags = (\[.+\])/.exec(toml)![1]!) as string[];
  const common = {
    compatibilityDate,
    compatibilityFlags,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
  const modules = (...names: string[]) =>
    names.map((name) => ({ type: "ESModule" as const, path: join(bundle, name) }));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: state,
      host: "127.0.0.1",
      port: 0,
      cf: false,
      log: new NoOpLog(),
      handleStructuredLogs: () => {},
      workers: [
        {
          ...common,
          name: "app",
          modulesRoot: bundle,
          modules: modules(...(counting ? ["counting.js"] : []), "index.js"),
          d1Databases: { DB: "bench" },
          // What earlier versions kept their windows in: they are compared with.
          kvNamespaces: { CONTEXT: "bench" },
          durableObjects: {
            CONVERSATIONS: { className: "LiveConversation", useSQLite: true },
            ERASER: { className: "Eraser", useSQLite: true },
            SEARCH: { className: "SearchIndex", useSQLite: true },
            MEMORIES: { className: "PersonaMemory", useSQLite: true },
            IMPORTER: { className: "Importer", useSQLite: true },
          },
          bindings: {
            SECRET_KEY: "a-secret-for-the-bench-only-0123456789abcdef",
            OPENAI_API_KEY: "sk-bench",
            OPENAI_BASE_URL: `${upstream}/v1`,
            RATE_LIMITS: "off",
            REGISTRATION: "open",
            ...unbounded,
            ...variables,
          },
        },
        {
          ...common,
          name: "floor",
          modulesRoot: bundle,
          modules: modules("floor.js"),
          bindings: { UPSTREAM: upstream },
        },
      ],
    }),
  );
  await miniflare.ready;
  const url = async (name: string) => (await miniflare.unsafeGetDirectURL(name)).origin;
  return {
    app: await url("app"),
    floor: await url("floor"),
    db: await miniflare.getD1Database("DB", "app"),
    /** The nightly work. */
    runDaily: async () => void (await (await miniflare.getWorker("app")).scheduled({ cron: "" })),
    stop: () => miniflare.dispose(),
  };
}

export type Server = Awaited<ReturnType<typeof startServer>>;

/** Brings an empty database to the schema in a checkout's `drizzle/`. */
export async function migrate(db: Server["db"], checkout = ROOT): Promise<void> {
  const files = (await readdir(join(checkout, "drizzle"))).filter((name) => name.endsWith(".sql")).toSorted();
  for (const file of files) {
    const statements = (await readFile(join(checkout, "drizzle", file), "utf8")).split(
      "--> statement-breakpoint",
    );
    for (const sql of statements) await db.prepare(sql).run();
  }
}
