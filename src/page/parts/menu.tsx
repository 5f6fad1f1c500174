import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Icon, type IconName } from "./icon";

export type MenuItem = { icon: IconName; label: string; onSelect: () => void; alarm?: boolean };
type Props = { label: string; items: () => MenuItem[]; children?: ComponentChildren };

/** From the edge of the window, and from the button. Pixels. */
const MARGIN = 8;
const GAP = 4;

/** Puts what is opened beside its button and into the window: below, or above where there is more room. */
function place(list: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const isBelow = at.bottom + GAP + height + MARGIN <= innerHeight || at.top <= innerHeight - at.bottom;
  const isOnTheRight = at.left + at.right > innerWidth;
  list.style.top = `${within(isBelow ? at.bottom + GAP : at.top - GAP - height, innerHeight - height)}px`;
  list.style.left = `${within(isOnTheRight ? at.right - width : at.left, innerWidth - width)}px`;
}

const within = (place: number, room: number): number => Math.max(MARGIN, Math.min(place, room - MARGIN));

/** A button that opens a list of actions. Arrows move in it, Escape and a press elsewhere close it. */
export function Menu({ label, items, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => !root.current?.contains(event.target as Node) && setOpen(false);
    const follow = () => list.current && root.current && place(list.current, root.current);
    document.addEventListener("pointerdown", leave);
    document.addEventListener("scroll", follow, true);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("scroll", follow, true);
    };
  }, [open]);
  useLayoutEffect(() => {
    if (!list.current || !root.current) return;
    // Over everything: nothing that the button stands in cuts it off.
    list.current.showPopover();
    place(list.current, root.current);
    // At once: whoever is quick presses the next key already.
    entries()[0]?.focus();
  }, [open]);
  const move = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (to !== undefined) {
      event.preventDefault();
      all.at(to % all.length)?.focus();
    } else if (event.key === "Tab") setOpen(false);
  };
  return (
    <div class="menu" ref={root} onKeyDown={open ? move : undefined}>
      <button
        type="button"
        ref={button}
        class="tool"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children ?? <Icon name="more" />}
      </button>
      {open && (
        <div role="menu" popover="manual" ref={list} aria-label={label}>
          {items().map(({ icon, label, onSelect, alarm }) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={alarm ? "alarm" : undefined}
              onClick={() => {
                close();
                onSelect();
              }}
            >
              <Icon name={icon} />
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
