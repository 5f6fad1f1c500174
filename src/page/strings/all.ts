import { computed, effect } from "@preact/signals";

import { lateGerman, lateWords, strings as first } from ".";
import { language } from "../preferences";
import type { Strings } from "./en";
import { lateEn, type LateStrings } from "./late-en";

/** Every word, for what is loaded when it is first shown: the first view does without the words of what it does not show. */
export const strings = computed<Strings & LateStrings>(() => ({
  ...first.value,
  ...(language.value === "de" ? (lateGerman.value ?? lateEn) : lateEn),
}));

effect(() => {
  if (language.value === "de") void lateWords();
});
