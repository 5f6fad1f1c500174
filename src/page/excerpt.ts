/** The first so many characters of a message, without the marks of markdown. */
export const excerpt = (content: string, length: number): string =>
  [
    ...content
      .replace(/[*_`#>|]+|-{3,}|^\s*[-+] /gm, "")
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, length)
    .join("");
