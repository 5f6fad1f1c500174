/// <reference lib="webworker" />
// Keeps the page's own files, so that it opens without a network. What is said never passes through here.

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = "shell-1";
const SHELL = "/page";

/** What the shell refers to, and what its style sheets refer to in turn. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  const html = await keep(cache, SHELL);
  const files: string[] = html.match(/\/assets\/[\w.-]+/g) ?? [];
  const texts = await Promise.all(files.map((file) => keep(cache, file)));
  // Fonts that a style sheet names, and scripts that are loaded later: other rooms, the other language.
  const named = texts.flatMap(
    (text) => text.match(/\/?assets\/(?:[\w.-]*-latin-wght-[\w.-]+\.woff2|[\w-]+\.(?:js|css)\b)/g) ?? [],
  );
  const rest = new Set(named.map((file) => file.replace(/^\/?/, "/")));
  await Promise.all([...rest].filter((file) => !files.includes(file)).map((file) => keep(cache, file)));
}

async function keep(cache: Cache, path: string): Promise<string> {
  const answer = await fetch(path);
  if (!answer.ok) return "";
  await cache.put(path, answer.clone());
  return /html|css|javascript/.test(answer.headers.get("content-type") ?? "") ? answer.text() : "";
}

/** The newest page where there is a network, or else the one that is kept. */
async function openPage(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    const isPage = answer.ok && answer.headers.get("content-security-policy")?.includes("trusted-types");
    if (isPage) await (await caches.open(CACHE)).put(SHELL, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

/** A file whose name holds its content's hash never changes. */
async function openFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(drop());
});

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== location.origin || event.request.method !== "GET") return;
  if (pathname.startsWith("/assets/")) event.respondWith(openFile(event.request));
  else if (event.request.mode === "navigate" && !/^\/(?:docs|openapi\.json)/.test(pathname))
    event.respondWith(openPage(event.request));
});
