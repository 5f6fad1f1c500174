import { useEffect } from "preact/hooks";

import { check, load } from "../conversation";
import { online } from "../network";
import { onNews } from "../store";
import type { Talk } from "../talk";

/** How often a room that is looked at asks whether another device has said something; slower while nothing happens. */
const OFTEN_MS = 2500;
const SELDOM_MS = 30_000;

/** Keeps a room as it is elsewhere: read when it is entered, looked after as long as it is looked at. */
export function useWatch(talk: Talk): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let pause = OFTEN_MS;
    let left = false;
    const look = async () => {
      if (document.visibilityState === "visible" && online.peek()) await check(talk).catch(() => undefined);
      pause = talk.running.peek() ? OFTEN_MS : Math.min(pause * 1.1, SELDOM_MS);
      if (!left) timer = setTimeout(() => void look(), pause);
    };
    const soon = () => {
      if (document.visibilityState !== "visible") return;
      clearTimeout(timer);
      pause = OFTEN_MS;
      void look();
    };
    void load(talk).then(soon);
    const unsubscribe = talk.stale.subscribe((times) => times > 0 && void load(talk));
    const deaf = onNews((news) => "talk" in news && news.talk === talk.id && void load(talk));
    document.addEventListener("visibilitychange", soon);
    addEventListener("focus", soon);
    addEventListener("online", soon);
    return () => {
      left = true;
      clearTimeout(timer);
      unsubscribe();
      deaf();
      document.removeEventListener("visibilitychange", soon);
      removeEventListener("focus", soon);
      removeEventListener("online", soon);
    };
  }, [talk]);
}
