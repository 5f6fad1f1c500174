import { signal } from "@preact/signals";

/** Whether this device has a network, as far as it knows. */
export const online = signal(navigator.onLine);
addEventListener("online", () => (online.value = true));
addEventListener("offline", () => (online.value = false));

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 8000;

/** Waits before the next try: longer each time, but not once the network or the reader is back. */
export function beforeTry(n: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(FIRST_PAUSE_MS * 2 ** n, LONGEST_PAUSE_MS));
    addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
  });
}
