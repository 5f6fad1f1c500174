import type { saidEn } from "./said-en";

/** Die Wörter für das Gesagte: finden, teilen, ordnen, holen und mitnehmen. */
export const saidDe: typeof saidEn = {
  search: {
    messages: "Nachrichten",
    nothing: (words) => `Niemand hat „${words}“ gesagt.`,
    incomplete: "Ältere Gespräche werden noch gelesen: es wird von selbst noch einmal gesucht.",
    more: "Mehr Nachrichten",
    found: (count) => (count === 1 ? "1 Nachricht gefunden" : `${count} Nachrichten gefunden`),
    narrow: "Eingrenzen",
    wide: "Alle Nachrichten",
    persona: "Mit",
    everybody: "Allen",
    role: "Gesagt von",
    sides: { "": "Beiden", user: "Dir", assistant: "Deinem Gegenüber" },
    from: "Von",
    to: "Bis",
  },

  bringing: {
    title: "Mitbringen",
    lead: "Aus einer Charakterkarte (PNG, JSON oder CHARX) wird eine Persona. Chats kommen als Export von ChatGPT, SillyTavern, Open WebUI, LibreChat oder diesem Server. Lass Dateien irgendwo fallen, oder wähle sie aus.",
    choose: "Dateien auswählen",
    kinds: { card: "Eine Charakterkarte", chats: "Gespräche von anderswo" },
    withWhom: "Mit wem sollen diese Gespräche sein?",
    asTheFileSays: "Wie es in der Datei steht",
    begin: "Einlesen",
    sending: (name) => `${name} wird gesendet`,
    reading: (name) => `${name} wird gelesen`,
    stop: "Anhalten",
    stopped: "Angehalten. Was schon da ist, bleibt.",
    imported: (count, messages) =>
      `${count} ${count === 1 ? "kam" : "kamen"} an, mit ${messages} Nachrichten`,
    alreadyThere: (count) => (count === 1 ? "1 war schon da" : `${count} waren schon da`),
    leftOut: (count) => (count === 1 ? "1 blieb draußen" : `${count} blieben draußen`),
    report: "Zeile für Zeile",
    recent: "Was zuletzt mitgebracht wurde",
    more: "Mehr Zeilen",
    untitled: "Ohne Titel",
    results: { imported: "angekommen", already_there: "war schon da", left_out: "blieb draußen" },
    messages: (count) => (count === 1 ? "1 Nachricht" : `${count} Nachrichten`),
    here: (name) => `${name} ist da.`,
    meet: (name) => `Zu ${name}`,
  },

  share: {
    title: "Mit einem Link teilen",
    lead: "Wer den Link hat, liest den Zweig, der jetzt gezeigt wird, so wie er jetzt ist: was ihr beide gesagt habt, nichts, was später gesagt wird, und nichts aus deinem Konto. Du kannst ihn widerrufen.",
    leadUpTo:
      "Wer den Link hat, liest diese Nachricht und alle davor, so wie sie jetzt sind: was ihr beide gesagt habt, nichts, was später gesagt wird, und nichts aus deinem Konto. Du kannst ihn widerrufen.",
    name: "Titel",
    nameHint: "Freiwillig: er steht über dem, was gesagt wurde.",
    persona: "Den Namen der Persona zeigen",
    make: "Link erstellen",
    made: "Der Link ist da.",
    links: "Geteilte Links",
    none: "Nichts ist geteilt.",
    copy: "Link kopieren",
    revoke: "Widerrufen",
    revokeOf: (name) => `Widerrufen: ${name}`,
  },

  arranging: {
    title: "Ordner und Schlagwörter",
    folder: "Ordner",
    noFolder: "Kein Ordner",
    tags: "Schlagwörter",
    names: { folder: "Neuer Ordner", tag: "Neues Schlagwort" },
    add: "Hinzufügen",
    all: "Umbenennen oder löschen",
    nameOf: (name) => `Name von ${name}`,
    remove: (name) => `${name} löschen`,
  },

  taking: {
    titles: { persona: "Diese Persona mitnehmen", conversation: "Dieses Gespräch mitnehmen" },
    saved: (name) => `Gespeichert: ${name}`,
    persona: {
      png: "Ein Bild, das andere Programme als Karte lesen",
      json: "Nur die Karte, als Text",
      charx: "Die Karte mit allen Bildern und Dateien",
    },
    conversation: {
      json: "Alles, mit jedem Zweig: lässt sich wieder einlesen",
      jsonl: "Dasselbe, eine Nachricht je Zeile",
      markdown: "Der gezeigte Zweig, zum Lesen",
      sillytavern: "Der gezeigte Zweig, seine Varianten als Swipes",
      chatgpt: "Jeder Zweig, in der Form von ChatGPTs Export",
    },
  },
};
