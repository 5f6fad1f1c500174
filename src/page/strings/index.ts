import { computed, effect, signal } from "@preact/signals";

import { language } from "../preferences";
import { en, type Strings } from "./en";

/** Loaded where it is read: whoever reads English does not wait for it. */
const german = signal<Strings | null>(null);
const load = (): Promise<void> =>
  import("./de").then(
    ({ de }) => void (german.value = de),
    () => undefined,
  );

/** Every word of the page, in the language chosen. */
export const strings = computed<Strings>(() => (language.value === "de" ? (german.value ?? en) : en));

/** Comes when the words of the language chosen are here, or could not be had. */
export const words: Promise<void> = language.peek() === "de" ? load() : Promise.resolve();

effect(() => {
  if (language.value === "de") void load();
});
