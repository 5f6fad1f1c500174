/** The words of what is done with what was said: finding, sharing, ordering, bringing in and taking away. */
export const saidEn = {
  search: {
    messages: "Messages",
    nothing: (words: string) => `Nobody has said “${words}”.`,
    incomplete: "Older conversations are still being read: this looks again by itself.",
    more: "More messages",
    found: (count: number) => (count === 1 ? "1 message found" : `${count} messages found`),
    narrow: "Narrow down",
    wide: "All messages",
    persona: "With",
    everybody: "Everybody",
    role: "Said by",
    sides: { "": "Both", user: "You", assistant: "Them" },
    from: "From",
    to: "To",
  },

  bringing: {
    title: "Bring in",
    lead: "A character card (PNG, JSON or CHARX) becomes a persona. Chats come as exports of ChatGPT, SillyTavern, Open WebUI, LibreChat or this server. Drop files anywhere, or choose them.",
    choose: "Choose files",
    kinds: { card: "A character card", chats: "Chats" },
    withWhom: "With whom are these chats to be?",
    asTheFileSays: "As the file says",
    begin: "Bring them in",
    sending: (name: string) => `Sending ${name}`,
    reading: (name: string) => `Reading ${name}`,
    stop: "Stop",
    stopped: "Stopped. What came in stays.",
    imported: (count: number, messages: string) =>
      count === 0
        ? "Nothing new came in"
        : `${count} came in, with ${messages} ${messages === "1" ? "message" : "messages"}`,
    alreadyThere: (count: number) => (count === 1 ? "1 was there already" : `${count} were there already`),
    leftOut: (count: number) => (count === 1 ? "1 was left out" : `${count} were left out`),
    report: "Line by line",
    recent: "What was brought in lately",
    more: "More lines",
    untitled: "Without a title",
    results: { imported: "came in", already_there: "was there already", left_out: "left out" },
    messages: (count: number) => (count === 1 ? "1 message" : `${count} messages`),
    here: (name: string) => `${name} is here.`,
    meet: (name: string) => `Meet ${name}`,
  },

  share: {
    title: "Share by a link",
    lead: "Whoever has the link reads the branch that is shown now, as it is now: what you both said, nothing that is said later, and nothing of your account. You can revoke it.",
    leadUpTo:
      "Whoever has the link reads this message and all before it, as they are now: what you both said, nothing that is said later, and nothing of your account. You can revoke it.",
    name: "Title",
    nameHint: "Optional: readers see it above what was said.",
    persona: "Show the persona's name",
    make: "Make a link",
    made: "The link is made.",
    links: "Shared links",
    none: "Nothing is shared.",
    copy: "Copy the link",
    revoke: "Revoke",
    revokeOf: (name: string) => `Revoke: ${name}`,
  },

  arranging: {
    title: "Folder and tags",
    folder: "Folder",
    noFolder: "No folder",
    tags: "Tags",
    names: { folder: "New folder", tag: "New tag" },
    add: "Add",
    all: "Rename or delete",
    nameOf: (name: string) => `Name of ${name}`,
    remove: (name: string) => `Delete ${name}`,
  },

  taking: {
    titles: { persona: "Take this persona along", conversation: "Take this conversation along" },
    saved: (name: string) => `Saved: ${name}`,
    persona: {
      png: "A picture that other apps read as a card",
      json: "The card alone, as text",
      charx: "The card with all its pictures and files",
    },
    conversation: {
      json: "All of it, every branch: it can be brought in again",
      jsonl: "The same, a message a line",
      markdown: "The branch that is shown, to read",
      sillytavern: "The branch that is shown, its variants as swipes",
      chatgpt: "Every branch, in the form of ChatGPT's export",
    },
  },
};
