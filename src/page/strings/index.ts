import { computed } from "@preact/signals";

import { language, type Language } from "../preferences";
import { de } from "./de";
import { en, type Strings } from "./en";

const TABLES: Record<Language, Strings> = { en, de };

/** Every word of the page, in the language chosen. */
export const strings = computed(() => TABLES[language.value]);
