import { computed } from "@preact/signals";

import { language } from "../preferences";
import { memoryDe } from "../strings/memory-de";
import { memoryEn } from "../strings/memory-en";

/** The words of the panel, in the language chosen. */
export const words = computed(() => (language.value === "de" ? memoryDe : memoryEn));
