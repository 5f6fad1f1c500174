import { computed, effect, signal } from "@preact/signals";

import { language } from "../preferences";
import { en, type Strings } from "./en";
import type { LateStrings } from "./late-en";

/** Loaded where it is read: whoever reads English does not wait for it. */
const german = signal<Strings | null>(null);
const load = (): Promise<void> =>
  import("./de").then(
    ({ de }) => void (german.value = de),
    () => undefined,
  );

/** The words of the first view, in the language chosen; `all.ts` has the others as well. */
export const strings = computed<Strings>(() => (language.value === "de" ? (german.value ?? en) : en));

/** Comes when the words of the language chosen are here, or could not be had. */
export const words: Promise<void> = language.peek() === "de" ? load() : Promise.resolve();

effect(() => {
  if (language.value === "de") void load();
});

/** The words of `all.ts` in German, once they were needed. */
export const lateGerman = signal<LateStrings | null>(null);

/** Has the words of what is loaded later come, in the language chosen. */
export const lateWords = async (): Promise<void> => {
  if (language.peek() !== "de" || lateGerman.peek()) return;
  const late = await import("./late-de").catch(() => null);
  lateGerman.value = late?.lateDe ?? null;
};
