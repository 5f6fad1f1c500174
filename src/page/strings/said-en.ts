/** The words of what is done with what was said: finding, sharing, ordering, bringing in and taking away. */
export const saidEn = {
  search: {
    messages: "Messages",
    nothing: (words: string) => `Nobody has said “${words}”.`,
    incomplete: "Older conversations are still being read: this looks again by itself.",
    more: "More messages",
    found: (count: number) => (count === 1 ? "1 message found" : `${count} messages found`),
  },
};
