import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A reference to something that says when it comes into sight, or nearly. */
export function useSeen<T extends Element = HTMLButtonElement>(onSeen: () => void): RefObject<T | null> {
  const element = useRef<T>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: "600px",
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  });
  return element;
}
