import { signal } from "@preact/signals";

export type Route =
  | { name: "home" | "new" | "settings" | "usage" | "reset" | "verify" | "deleted" | "nowhere" }
  | { name: "room" | "persona"; id: number };

/** The path's room. `src/http/page.ts` names the same paths. */
export function routeOf(path: string): Route {
  const [, letter, id] = /^\/(c|p)\/([1-9]\d{0,15})\/?$/.exec(path) ?? [];
  if (letter) return { name: letter === "c" ? "room" : "persona", id: Number(id) };
  switch (path.replace(/\/$/, "")) {
    case "":
    case "/page":
      return { name: "home" };
    case "/new":
    case "/settings":
    case "/usage":
    case "/reset":
    case "/verify":
    case "/deleted":
      return { name: path.replace(/\//g, "") as "new" };
    default:
      return { name: "nowhere" };
  }
}

export const route = signal<Route>(routeOf(location.pathname));
/** The message that an address would have looked at, as in `/c/12#m34`: a new object each time it is gone to. */
export const aim = signal(aimOf(location.hash));
/** Whose avatar moves from the list to the room. */
export const morphing = signal<number | null>(null);

function aimOf(hash: string): { id: number } | null {
  const [, id] = /^#m([1-9]\d{0,15})$/.exec(hash) ?? [];
  return id ? { id: Number(id) } : null;
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

function show(): void {
  aim.value = aimOf(location.hash);
  const next = routeOf(location.pathname);
  const now = route.value;
  if (next.name === now.name && ("id" in next ? next.id : 0) === ("id" in now ? now.id : 0)) return;
  if (!document.startViewTransition || still.matches || document.hidden) {
    route.value = next;
    return;
  }
  const transition = document.startViewTransition(async () => {
    route.value = next;
    // Preact draws in a microtask; the picture is taken after that.
    await new Promise((drawn) => setTimeout(drawn));
  });
  transition.finished.finally(() => (morphing.value = null)).catch(() => undefined);
}

/** Goes to one of the page's paths. */
export function go(path: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  show();
}

/** Back to where one came from, or home for whoever came by a link. */
export const goHome = (): void => go("/");

addEventListener("popstate", show);
window.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  // A place on this page is the browser's to go to.
  if (link.getAttribute("href")?.startsWith("#")) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || routeOf(to.pathname).name === "nowhere") return;
  event.preventDefault();
  morphing.value = Number(link.dataset["morph"] ?? 0) || null;
  go(to.pathname + to.search + to.hash);
});
