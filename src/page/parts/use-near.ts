import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** What is no farther from what is seen than this is drawn. Pixels. */
const NEAR = 1500;

type Near<T> = {
  element: RefObject<T | null>;
  isNear: boolean;
  /** The height it had when it was drawn; null where it never was. Pixels. */
  height: number | null;
  come: () => void;
};

/** Whether something is seen, or nearly: what is far leaves only its height behind. What is focused or selected stays. */
export function useNear<T extends Element>(isNearAtFirst = false): Near<T> {
  const element = useRef<T>(null);
  const [isNear, setNear] = useState(isNearAtFirst);
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const part = element.current;
    if (!part) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        const { height = 0 } = last?.boundingClientRect ?? {};
        // What is not shown at all, as the list is on a phone beside a room, is not far either.
        if (!last || (!last.isIntersecting && (height === 0 || isInUse(part)))) return;
        if (!last.isIntersecting) setHeight(height);
        if (last.isIntersecting) drawInTurn(part, () => setNear(true));
        else {
          waiting.delete(part);
          setNear(false);
        }
      },
      { root: scrollerOf(part), rootMargin: `${NEAR}px 0px` },
    );
    observer.observe(part);
    return () => {
      waiting.delete(part);
      observer.disconnect();
    };
  }, []);
  return { element, isNear, height, come: () => setNear(true) };
}

/** What something is scrolled in; null where that is the window. */
function scrollerOf(part: Element): Element | null {
  const area = part.closest(".scroll, .talks");
  return area && getComputedStyle(area).overflowY !== "visible" ? area : null;
}

/** What has come near and is not drawn yet. */
const waiting = new Map<Element, () => void>();

/** One with each frame: many at once would keep whoever scrolls waiting. */
function drawInTurn(part: Element, draw: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(drawNext);
  waiting.set(part, draw);
}

function drawNext(): void {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next[0]);
  next[1]();
  if (waiting.size > 0) requestAnimationFrame(drawNext);
}

function isInUse(part: Element): boolean {
  const selection = getSelection();
  const isSelected = selection?.isCollapsed === false && selection.containsNode(part, true);
  return isSelected || part.contains(document.activeElement);
}
