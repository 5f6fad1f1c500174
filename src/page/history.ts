import type { Message } from "./types";

/** As many messages as one stretch holds: few enough to be drawn within a frame. */
const STRETCH = 10;

/** Messages in stretches. A stretch of `before` that holds the same messages is kept, so that it is not drawn again. */
export function paged(messages: Message[], before: Message[][] = []): Message[][] {
  const pages: Message[][] = [];
  for (let at = 0; at < messages.length;) {
    const known = before.find((page) => page[0]?.id === messages[at]?.id && page.length <= STRETCH * 2);
    const size = known && isSame(known, messages.slice(at, at + known.length)) ? known.length : STRETCH;
    pages.push(size === known?.length ? known : messages.slice(at, at + size));
    at += size;
  }
  return pages;
}

const isSame = (some: Message[], others: Message[]): boolean =>
  some.length === others.length &&
  some.every((one, i) => {
    const other = others[i];
    return other && signOf(one) === signOf(other);
  });

/** Tells whether a message is drawn as before. */
const signOf = ({ id, status, content, variants }: Message): string =>
  `${id} ${status} ${variants?.index}/${variants?.count} ${content}`;

/** The branch with these new messages at its end: after the message that the first of them answers. */
export function graft(pages: Message[][], news: Message[]): Message[][] {
  const [first] = news;
  if (!first) return pages;
  const at = pages.findIndex((page) => page.some(({ id }) => id === first.parent_id));
  if (at < 0) return first.parent_id === null ? paged(news) : [...pages, news];
  const page = pages[at] ?? [];
  const kept = page.slice(0, page.findIndex(({ id }) => id === first.parent_id) + 1);
  const end = [...kept, ...news];
  return [...pages.slice(0, at), ...(end.length > STRETCH * 2 ? paged(end) : [end])];
}

/** The same with these messages as they now are. */
export function replace(pages: Message[][], changed: Message[]): Message[][] {
  const byId = new Map(changed.map((one) => [one.id, one]));
  return pages.map((page) =>
    page.some(({ id }) => byId.has(id))
      ? page.map((one) => (byId.has(one.id) ? { ...one, ...byId.get(one.id) } : one))
      : page,
  );
}

/** The same with the newest messages as they now are; null where nothing of them is known. */
export function joinNewest(pages: Message[][], newest: Message[]): Message[][] | null {
  const [first] = newest;
  const at = pages.findLastIndex((page) => page.some(({ id }) => id === first?.id));
  const page = pages[at];
  if (!page) return null;
  const kept = page.slice(
    0,
    page.findIndex(({ id }) => id === first?.id),
  );
  return [...pages.slice(0, at), ...paged([...kept, ...newest], pages.slice(at))];
}

export const without = (pages: Message[][], id: number): Message[][] =>
  pages
    .map((page) => (page.some((one) => one.id === id) ? page.filter((one) => one.id !== id) : page))
    .filter((page) => page.length > 0);

export const messageOf = (pages: Message[][], id: number): Message | undefined =>
  pages.findLast((page) => page.some((one) => one.id === id))?.find((one) => one.id === id);

/** What comes before a message; all where it is not among them. */
export function before(pages: Message[][], id: number | null): Message[][] {
  const at = pages.findIndex((page) => page.some((one) => one.id === id));
  const page = pages[at];
  if (!page) return pages;
  const kept = page.slice(
    0,
    page.findIndex((one) => one.id === id),
  );
  return [...pages.slice(0, at), ...(kept.length > 0 ? [kept] : [])];
}
