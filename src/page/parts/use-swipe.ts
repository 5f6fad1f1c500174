import type { TouchEventHandler } from "preact";
import { useRef } from "preact/hooks";

/** As far as a finger must go, and may stray from the line. Pixels. */
const FAR = 64;
const STRAY = 40;

/** Tells a swipe to the left (1, what comes next) from one to the right (-1); what scrolls sideways by itself is left alone. */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const onTouchStart: TouchEventHandler<HTMLElement> = ({ touches, target }) => {
    const [touch] = touches;
    const isSideways = target instanceof Element && target.closest(".table, pre, textarea") !== null;
    from.current =
      touch && touches.length === 1 && !isSideways ? { x: touch.clientX, y: touch.clientY } : null;
  };
  const onTouchEnd: TouchEventHandler<HTMLElement> = ({ changedTouches }) => {
    const [touch] = changedTouches;
    const begun = from.current;
    from.current = null;
    if (!touch || !begun || getSelection()?.isCollapsed === false) return;
    const far = touch.clientX - begun.x;
    if (Math.abs(far) >= FAR && Math.abs(touch.clientY - begun.y) <= STRAY) onSwipe(far < 0 ? 1 : -1);
  };
  return { onTouchStart, onTouchEnd };
}
