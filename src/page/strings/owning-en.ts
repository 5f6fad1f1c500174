import { inEnglish } from "./numbers";

/** The words of what one sees and owns: the inspector, usage, settings. */
export const owningEn = {
  branches: {
    title: "Branches",
    lead: "Every other reply and every edit began a branch. Nothing of them is lost.",
    messages: (count: number) => (count === 1 ? "1 message" : `${inEnglish(count)} messages`),
    current: "shown now",
    empty: "(nothing)",
    newest: (count: string) => `The newest ${count}.`,
    copyAll: "Copy with all branches",
  },

  settings: {
    title: "Settings",
    appearance: "Appearance",
    theme: "Theme",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    language: "Language",
    account: "Account",
    signedInAs: "Signed in as",
  },

  inspector: {
    told: "What they were told",
    sections: {
      persona: "Persona",
      facts: "What they know of you",
      history: "History",
      memory: "Recalled",
      message: "Message",
      safety: "Rules of safety",
      care: "What was heard of a danger",
      reply: "The reply so far",
      app: "Client's instructions",
      given: "Client's history",
    } as Record<string, string>,
    earlier: (count: number) => (count === 1 ? "1 earlier message" : `${inEnglish(count)} earlier messages`),
    of: (budget: string) => `of ${budget}`,
    estimate: "Tokens as estimated before the call.",
    nothingLeftOut: "Nothing was left out.",
    leftOut: {
      budget: (count: number) =>
        count === 1
          ? "1 earlier message was left out: there was no room for it."
          : `${inEnglish(count)} earlier messages were left out: there was no room for them.`,
      failed: (count: number) =>
        count === 1
          ? "1 message was left out: the exchange came to nothing."
          : `${inEnglish(count)} messages were left out: those exchanges came to nothing.`,
      retried: (count: number) =>
        count === 1
          ? "1 earlier try of the same message was left out."
          : `${inEnglish(count)} earlier tries of the same message were left out.`,
      memory_late: (_count: number) => "What might have been recalled did not come in time.",
    },
    recalled: "What came to mind",
    took: "What it took",
    model: "Model",
    firstWord: "First word",
    whole: "Whole reply",
    prompt: "Prompt",
    cached: (percent: string) => `${percent} cached`,
    reply: "Reply",
    reasoning: (count: string) => `${count} reasoning`,
    cost: "Cost",
    unknown: "unknown",
    unpriced: "This model's price is not known here.",
    estimated: "The provider reported no usage: the tokens are estimates.",
    nothingTaken: "Nothing was reported of this reply.",
  },

  usage: {
    title: "Usage",
    lead: "What your conversations have used, and what is left.",
    days: "Days",
    ranges: { "7": "7 days", "30": "30 days", "90": "90 days", "365": "A year" },
    zone: "Time zone",
    allowance: "Allowance",
    noAllowance: "This server sets no bound to what you use.",
    allowances: {
      daily_tokens: "Tokens today",
      monthly_tokens: "Tokens this month",
      daily_cost_usd: "Cost today",
      monthly_cost_usd: "Cost this month",
    },
    rooms: { personas: "Personas", conversations: "Conversations", stored_bytes: "Stored text" },
    ofLimit: (used: string, limit: string) => `${used} of ${limit}`,
    left: (left: string, when: string) => `${left} left. It begins anew ${when} (days and months in UTC).`,
    nearly: "Nearly used up.",
    usedUp: "Used up.",
    reserved: (amount: string) => `${amount} of it is set aside for replies being written.`,
    replies: "Calls",
    tokens: "Tokens",
    cost: "Cost",
    firstWord: "First word, half of them within",
    failed: (count: string) => `${count} failed`,
    cachedShare: (percent: string) => `${percent} of the prompts cached`,
    unpriced: (count: number) =>
      count === 1
        ? "1 call had a model of unknown price: the cost is without it."
        : `${inEnglish(count)} calls had a model of unknown price: the cost is without them.`,
    estimatedCalls: (count: number) =>
      count === 1
        ? "Of 1 call the provider reported no usage: its tokens are estimates."
        : `Of ${inEnglish(count)} calls the provider reported no usage: their tokens are estimates.`,
    unknown: "unknown",
    atLeast: (cost: string) => `at least ${cost}`,
    measure: "Shown",
    byDay: "By day",
    byModel: "By model",
    byPersona: "By persona",
    chart: (measure: string, from: string, to: string) => `${measure} by day, from ${from} to ${to}`,
    none: "Nothing was used in these days.",
    table: "As a table",
    day: "Day",
    gonePersona: "Somebody deleted since",
  },

  shortcuts: {
    title: "Keyboard",
    control: "Ctrl",
    send: "Send what is written",
    line: "Begin a new line",
    stop: "Stop the reply",
    edit: "Say your last words otherwise, where nothing is written",
    search: "Search",
  },

  sessions: {
    title: "Where you are signed in",
    here: "This device",
    used: (when: string) => `Used ${when}`,
    unknownDevice: "An unknown device",
    on: (browser: string, system: string) => `${browser} on ${system}`,
    end: "Sign out",
    endOf: (device: string) => `Sign out: ${device}`,
    ended: "Signed out there.",
  },

  keys: {
    title: "API keys",
    lead: "For programs that speak OpenAI's API: every persona is a model to them.",
    none: "There is no key yet.",
    make: "New key",
    name: "Name",
    nameHint: "Where you will use it, such as SillyTavern",
    scope: "It may",
    scopes: { chat: "Talk", read: "Only read" },
    expiry: "Good for",
    expiries: { "30": "30 days", "90": "90 days", "365": "A year", never: "Ever" },
    password: "Your password once more",
    create: "Make the key",
    made: (name: string) => `The key “${name}”`,
    once: "It is shown this once. Keep it where it is safe.",
    key: "Key",
    copyKey: "Copy the key",
    client: "Client",
    anyClient: "Any other",
    model: "Model",
    done: "I have kept it",
    used: (when: string, where: string) => `Used ${when}${where && ` from ${where}`}`,
    unused: "Never used",
    until: (date: string) => `until ${date}`,
    expired: "expired",
    ever: "good for ever",
    revoke: "Revoke",
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke ${name}?`,
    revokeText: "Programs that use this key are shut out at once.",
    openPersona: "Make a persona first: then a program can name it as its model.",
  },

  password: {
    title: "Password",
    current: "Password so far",
    next: "New password",
    keep: "API keys go on working",
    keepHint: "Otherwise all of them are revoked.",
    change: "Change the password",
    changed: "The password is changed. All other devices are signed out.",
    kept: (names: string) => `These keys go on working: ${names}`,
    revoked: (names: string) => `These keys were revoked: ${names}`,
  },

  data: {
    title: "Your data",
    lead: "Everything that is kept of you: people, conversations, all messages, usage. Lines have sessions and keys as well; an archive can be brought in again, here or on another server.",
    format: "As",
    formats: { jsonl: "Lines of JSON", zip: "An archive (ZIP)" },
    bringIn: "Bring something in",
    start: "Export everything",
    cancel: "Stop",
    progress: "Export",
    lines: (lines: string, size: string) => `${lines} lines, ${size}`,
    waiting: (seconds: number) => `The server asks for patience: it goes on in ${seconds} s.`,
    done: (lines: string, size: string) => `Done: ${lines} lines, ${size}.`,
    save: "Save the file",
    brokeOff: "The export broke off. What was read so far is kept.",
    goOn: "Go on",
  },

  leaving: {
    title: "Delete the account",
    lead: "You, your personas, every conversation and every message: at once and for good. You may want to export everything first.",
    open: "Delete my account",
    askTitle: "Delete everything?",
    askText: "Nobody can bring it back. Afterwards a receipt shows how far the deletion has come.",
    goneTitle: "You are gone from here.",
    goneLead: "Nobody can reach anything of yours any more.",
    running: "Being erased…",
    complete: "Everything is erased.",
    receipt: "Your receipt",
    receiptHint: "With it this page can be opened again, until 30 days after everything is erased.",
    copyReceipt: "Copy the receipt",
    noReceipt: "This address holds no receipt.",
    what: "What there was",
    left: (count: string) => `${count} left`,
    erased: "erased",
    unreached: (count: number) =>
      count === 1
        ? "1 conversation has not answered yet; it is asked again each minute."
        : `${inEnglish(count)} conversations have not answered yet; they are asked again each minute.`,
    requested: (when: string) => `Asked for ${when}`,
    completed: (when: string) => `Complete ${when}`,
    belongings: {
      sessions: "Sessions",
      api_keys: "API keys",
      personas: "Personas",
      conversations: "Conversations",
      messages: "Messages",
      usage_events: "Entries of usage",
    },
    home: "To the door",
  },
};

export type OwningStrings = typeof owningEn;
