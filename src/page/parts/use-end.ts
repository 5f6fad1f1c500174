import { useSignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useCallback, useEffect, useRef } from "preact/hooks";

import type { Talk } from "../talk";

/** Who is no farther from the end than this follows it. Pixels. */
const NEAR = 48;

type End = {
  scroll: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atEnd: Signal<boolean>;
  toEnd: () => void;
  keepAt: KeepAt;
};
/** Puts something where it was on the screen, or in sight where that is not known; the end is followed if it is there. */
export type KeepAt = (element: Element, top: number | null) => void;

/** Keeps the end in sight for whoever is there, and everybody else where they are. */
export function useEnd(talk: Talk): End {
  const scroll = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const toEnd = () => {
    atEnd.value = true;
    const area = scroll.current;
    if (area) area.scrollTop = area.scrollHeight;
  };
  const keepAt = useCallback<KeepAt>((element, top) => {
    const area = scroll.current;
    if (!area) return;
    if (top === null) element.scrollIntoView({ block: "nearest" });
    else area.scrollTop += element.getBoundingClientRect().top - top;
    atEnd.value = area.scrollHeight - area.clientHeight - area.scrollTop <= NEAR;
  }, []);
  useEffect(() => {
    const area = scroll.current;
    const inner = content.current;
    if (!area || !inner) return;
    let top = area.scrollTop;
    const onScroll = () => {
      const left = area.scrollHeight - area.clientHeight - area.scrollTop;
      // Growing text moves the end away; only moving up leaves it.
      if (left <= NEAR) atEnd.value = true;
      else if (area.scrollTop < top - 1) atEnd.value = false;
      top = area.scrollTop;
    };
    const observer = new ResizeObserver(() => {
      // Whoever says something otherwise looks at that, also where it needs more room than before.
      if (atEnd.peek() && !inner.querySelector(".editor :focus")) area.scrollTop = area.scrollHeight;
    });
    area.addEventListener("scroll", onScroll, { passive: true });
    observer.observe(inner);
    observer.observe(area);
    return () => {
      area.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [talk]);
  return { scroll, content, atEnd, toEnd, keepAt };
}
