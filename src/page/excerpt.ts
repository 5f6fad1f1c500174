/** A message without the marks of markdown, in one line. */
export const unmarked = (content: string): string =>
  content
    .replace(/[*_`#>|]+|-{3,}|^\s*[-+] /gm, "")
    .replace(/\s+/g, " ")
    .trim();

/** The first so many characters of a message, without the marks of markdown. */
export const excerpt = (content: string, length: number): string =>
  [...unmarked(content)].slice(0, length).join("");
