import { signal, type Signal } from "@preact/signals";

import { request } from "./api";

const pictures = new Map<string, Signal<string | null>>();

/** A persona's picture, as an address of this page; null until it is here. An image asks without a token, so it is read for it. */
export function pictureAt(path: string): Signal<string | null> {
  const known = pictures.get(path);
  if (known) return known;
  const picture = signal<string | null>(null);
  pictures.set(path, picture);
  const read = async () => {
    const response = await request(path, { headers: { Accept: "image/*" } });
    picture.value = URL.createObjectURL(await response.blob());
  };
  // Without it there is the sphere; it is asked for again when the page is.
  void read().catch(() => undefined);
  return picture;
}
