import { signal } from "@preact/signals";

/** Files that somebody has brought and that nobody has looked at yet; null where nobody brings anything. */
export const brought = signal<File[] | null>(null);

/** Opens the dialog in which files are brought in, with these. */
export const bring = (files: Iterable<File> = []): void => {
  brought.value = [...(brought.value ?? []), ...files];
};
