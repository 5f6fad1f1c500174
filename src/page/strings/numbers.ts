/** How a number is written within a sentence of that language. */
export const inEnglish = (count: number): string => count.toLocaleString("en");
export const inGerman = (count: number): string => count.toLocaleString("de");
