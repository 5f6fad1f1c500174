import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Icon, type IconName } from "./icon";

export type MenuItem = { icon: IconName; label: string; onSelect: () => void; alarm?: boolean };
type Props = { label: string; items: MenuItem[]; children?: ComponentChildren };

/** From the edge of the window. Pixels. */
const MARGIN = 8;

/** Moves what is opened into the window, and to whichever side of its button has more room. */
function keepInSight(list: HTMLElement, button: HTMLElement): void {
  const area =
    button.closest(".scroll")?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
  const at = button.getBoundingClientRect();
  list.classList.toggle("above", at.top - area.top > area.bottom - at.bottom);
  const { left, right } = list.getBoundingClientRect();
  const shift = Math.min(0, innerWidth - MARGIN - right) || Math.max(0, MARGIN - left);
  list.style.translate = `${shift}px`;
}

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
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [open]);
  useLayoutEffect(() => {
    if (!list.current || !root.current) return;
    keepInSight(list.current, root.current);
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
        <div role="menu" ref={list} aria-label={label}>
          {items.map(({ icon, label, onSelect, alarm }) => (
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
