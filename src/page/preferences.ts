import { computed, effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
export type Language = "en" | "de";

const LANGUAGES: readonly Language[] = ["en", "de"];
const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Kept on this device; where storage is refused (private windows), for as long as the page is open. */
export const storage = {
  get: (key: string): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key: string, value: string | null): void => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Nothing to be done, and nothing that could not be written again.
    }
  },
  keys: (): string[] => {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  },
};

const oneOf = <T extends string>(words: readonly T[], word: string | null): T | undefined =>
  words.find((known) => known === word);

export const theme = signal<Theme>(oneOf(THEMES, storage.get("theme")) ?? "system");
export const language = signal<Language>(oneOf(LANGUAGES, storage.get("language")) ?? preferred());

/** The first of the browser's languages that the page speaks. */
function preferred(): Language {
  for (const tag of navigator.languages) {
    const known = oneOf(LANGUAGES, tag.split("-")[0] ?? null);
    if (known) return known;
  }
  return "en";
}

/** How dates and numbers are written: in the language that is shown, and as its reader writes it. */
export const localeTag = computed(
  () => navigator.languages.find((tag) => tag.split("-")[0] === language.value) ?? language.value,
);

export function chooseTheme(choice: Theme): void {
  theme.value = choice;
  storage.set("theme", choice === "system" ? null : choice);
}

export function chooseLanguage(choice: Language): void {
  language.value = choice;
  storage.set("language", choice);
}

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});
effect(() => {
  document.documentElement.lang = language.value;
});
