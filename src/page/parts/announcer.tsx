import { signal } from "@preact/signals";

const said = signal<{ id: number; text: string }[]>([]);
let count = 0;

/** Tells those who listen to the page rather than look at it, when they are not in the middle of something. */
export function announce(text: string): void {
  if (text.trim() === "") return;
  // A few stay, so that what comes quickly one after the other is all read.
  said.value = [...said.value.slice(-4), { id: ++count, text }];
}

/** A log that is heard, not seen: what is visible is no live region, or a reply would be read letter by letter. */
export const Announcer = () => (
  <div class="unseen" role="log" aria-live="polite" aria-relevant="additions">
    {said.value.map(({ id, text }) => (
      <p key={id}>{text}</p>
    ))}
  </div>
);
