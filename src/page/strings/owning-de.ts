import type { OwningStrings } from "./owning-en";
import { inGerman } from "./numbers";

/** Was man sieht und was einem gehört, auf Deutsch. */
export const owningDe: OwningStrings = {
  branches: {
    title: "Zweige",
    lead: "Jede andere Antwort und jede Änderung begann einen Zweig. Nichts davon ist verloren.",
    messages: (count) => (count === 1 ? "1 Nachricht" : `${inGerman(count)} Nachrichten`),
    current: "gerade gezeigt",
    empty: "(nichts)",
    newest: (count) => `Die neuesten ${count}.`,
    copyAll: "Mit allen Zweigen kopieren",
  },

  settings: {
    title: "Einstellungen",
    appearance: "Darstellung",
    theme: "Design",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
    language: "Sprache",
    account: "Konto",
    signedInAs: "Angemeldet als",
  },

  inspector: {
    told: "Was die Persona wusste",
    sections: {
      persona: "Persona",
      facts: "Was sie von dir weiß",
      history: "Verlauf",
      memory: "Eingefallen",
      message: "Nachricht",
      safety: "Regeln der Sicherheit",
      care: "Was auf Gefahr hinweist",
      reply: "Die Antwort bis dahin",
      app: "Anweisungen des Programms",
      given: "Verlauf des Programms",
    },
    earlier: (count) => (count === 1 ? "1 frühere Nachricht" : `${inGerman(count)} frühere Nachrichten`),
    of: (budget) => `von ${budget}`,
    estimate: "Token, vor dem Aufruf geschätzt.",
    nothingLeftOut: "Nichts wurde weggelassen.",
    leftOut: {
      budget: (count) =>
        count === 1
          ? "1 frühere Nachricht fehlte: für sie war kein Platz."
          : `${inGerman(count)} frühere Nachrichten fehlten: für sie war kein Platz.`,
      failed: (count) =>
        count === 1
          ? "1 Nachricht fehlte: aus ihr wurde nichts."
          : `${inGerman(count)} Nachrichten fehlten: aus ihnen wurde nichts.`,
      retried: (count) =>
        count === 1
          ? "1 früherer Versuch derselben Nachricht fehlte."
          : `${inGerman(count)} frühere Versuche derselben Nachricht fehlten.`,
      memory_late: () => "Was hätte einfallen können, kam nicht rechtzeitig.",
    },
    recalled: "Was dabei einfiel",
    took: "Was sie kostete",
    model: "Modell",
    firstWord: "Erstes Wort",
    whole: "Ganze Antwort",
    prompt: "Eingabe",
    cached: (percent) => `${percent} aus dem Cache`,
    reply: "Antwort",
    reasoning: (count) => `${count} Nachdenken`,
    cost: "Kosten",
    unknown: "unbekannt",
    unpriced: "Der Preis dieses Modells ist hier nicht bekannt.",
    estimated: "Der Anbieter hat keinen Verbrauch gemeldet: die Token sind geschätzt.",
    nothingTaken: "Zu dieser Antwort wurde nichts gemeldet.",
  },

  usage: {
    title: "Verbrauch",
    lead: "Was deine Gespräche verbraucht haben, und was noch bleibt.",
    days: "Tage",
    ranges: { "7": "7 Tage", "30": "30 Tage", "90": "90 Tage", "365": "Ein Jahr" },
    zone: "Zeitzone",
    allowance: "Kontingent",
    noAllowance: "Dieser Server setzt deinem Verbrauch keine Grenze.",
    allowances: {
      daily_tokens: "Token heute",
      monthly_tokens: "Token in diesem Monat",
      daily_cost_usd: "Kosten heute",
      monthly_cost_usd: "Kosten in diesem Monat",
    },
    rooms: { personas: "Personas", conversations: "Gespräche", stored_bytes: "Gespeicherter Text" },
    ofLimit: (used, limit) => `${used} von ${limit}`,
    left: (left, when) => `Noch ${left}. Es beginnt neu ${when} (Tage und Monate in UTC).`,
    nearly: "Fast aufgebraucht.",
    usedUp: "Aufgebraucht.",
    reserved: (amount) => `${amount} davon sind für Antworten zurückgelegt, die gerade entstehen.`,
    replies: "Aufrufe",
    tokens: "Token",
    cost: "Kosten",
    firstWord: "Erstes Wort, zur Hälfte binnen",
    failed: (count) => `${count} fehlgeschlagen`,
    cachedShare: (percent) => `${percent} der Eingaben aus dem Cache`,
    unpriced: (count) =>
      count === 1
        ? "1 Aufruf ging an ein Modell mit unbekanntem Preis: die Kosten sind ohne ihn."
        : `${inGerman(count)} Aufrufe gingen an ein Modell mit unbekanntem Preis: die Kosten sind ohne sie.`,
    estimatedCalls: (count) =>
      count === 1
        ? "Zu 1 Aufruf hat der Anbieter keinen Verbrauch gemeldet: seine Token sind geschätzt."
        : `Zu ${inGerman(count)} Aufrufen hat der Anbieter keinen Verbrauch gemeldet: ihre Token sind geschätzt.`,
    unknown: "unbekannt",
    atLeast: (cost) => `mindestens ${cost}`,
    measure: "Gezeigt",
    byDay: "Nach Tagen",
    byModel: "Nach Modellen",
    byPersona: "Nach Personas",
    chart: (measure, from, to) => `${measure} nach Tagen, vom ${from} bis zum ${to}`,
    none: "In diesen Tagen wurde nichts verbraucht.",
    table: "Als Tabelle",
    day: "Tag",
    gonePersona: "Jemand, der inzwischen gelöscht ist",
  },

  shortcuts: {
    title: "Tastatur",
    control: "Strg",
    send: "Geschriebenes senden",
    line: "Neue Zeile beginnen",
    stop: "Antwort anhalten",
    edit: "Deine letzten Worte ändern, wenn nichts geschrieben ist",
    search: "Suchen",
  },

  sessions: {
    title: "Wo du angemeldet bist",
    here: "Dieses Gerät",
    used: (when) => `Benutzt ${when}`,
    unknownDevice: "Ein unbekanntes Gerät",
    on: (browser, system) => `${browser} auf ${system}`,
    end: "Abmelden",
    endOf: (device) => `Abmelden: ${device}`,
    ended: "Dort abgemeldet.",
  },

  keys: {
    title: "API-Schlüssel",
    lead: "Für Programme, die OpenAIs API sprechen: jede Persona ist für sie ein Modell.",
    none: "Noch gibt es keinen Schlüssel.",
    make: "Neuer Schlüssel",
    name: "Name",
    nameHint: "Wo du ihn benutzt, etwa SillyTavern",
    scope: "Er darf",
    scopes: { chat: "Reden", read: "Nur lesen" },
    expiry: "Er gilt",
    expiries: { "30": "30 Tage", "90": "90 Tage", "365": "Ein Jahr", never: "Für immer" },
    password: "Dein Passwort noch einmal",
    create: "Schlüssel machen",
    made: (name) => `Der Schlüssel „${name}“`,
    once: "Er wird nur dieses eine Mal gezeigt. Heb ihn sicher auf.",
    key: "Schlüssel",
    copyKey: "Schlüssel kopieren",
    client: "Programm",
    anyClient: "Irgendein anderes",
    model: "Modell",
    done: "Ich habe ihn",
    used: (when, where) => `Benutzt ${when}${where && ` von ${where}`}`,
    unused: "Nie benutzt",
    until: (date) => `bis ${date}`,
    expired: "abgelaufen",
    ever: "gilt für immer",
    revoke: "Widerrufen",
    revokeOf: (name) => `${name} widerrufen`,
    revokeTitle: (name) => `${name} widerrufen?`,
    revokeText: "Programme mit diesem Schlüssel sind sofort ausgeschlossen.",
    openPersona: "Lege zuerst eine Persona an: dann kann ein Programm sie als Modell nennen.",
  },

  password: {
    title: "Passwort",
    current: "Bisheriges Passwort",
    next: "Neues Passwort",
    keep: "API-Schlüssel gelten weiter",
    keepHint: "Sonst werden alle widerrufen.",
    change: "Passwort ändern",
    changed: "Das Passwort ist geändert. Alle anderen Geräte sind abgemeldet.",
    kept: (names) => `Diese Schlüssel gelten weiter: ${names}`,
    revoked: (names) => `Diese Schlüssel wurden widerrufen: ${names}`,
  },

  data: {
    title: "Deine Daten",
    lead: "Alles, was von dir aufbewahrt wird: Personas, Gespräche, alle Nachrichten, Verbrauch. Zeilen enthalten auch Sitzungen und Schlüssel; ein Archiv lässt sich wieder einlesen, hier oder auf einem anderen Server.",
    format: "Als",
    formats: { jsonl: "JSON-Zeilen", zip: "Ein Archiv (ZIP)" },
    bringIn: "Etwas mitbringen",
    start: "Alles exportieren",
    cancel: "Anhalten",
    progress: "Export",
    lines: (lines, size) => `${lines} Zeilen, ${size}`,
    waiting: (seconds) => `Der Server bittet um Geduld: es geht in ${seconds} s weiter.`,
    done: (lines, size) => `Fertig: ${lines} Zeilen, ${size}.`,
    save: "Datei speichern",
    brokeOff: "Der Export brach ab. Was schon gelesen ist, bleibt.",
    goOn: "Weiter",
  },

  leaving: {
    title: "Konto löschen",
    lead: "Du, deine Personas, jedes Gespräch und jede Nachricht: sofort und endgültig. Vielleicht exportierst du vorher alles.",
    open: "Mein Konto löschen",
    askTitle: "Alles löschen?",
    askText: "Niemand kann es zurückholen. Danach zeigt eine Quittung, wie weit die Löschung ist.",
    goneTitle: "Du bist hier fort.",
    goneLead: "Niemand kommt mehr an etwas von dir heran.",
    running: "Wird gelöscht…",
    complete: "Alles ist gelöscht.",
    receipt: "Deine Quittung",
    receiptHint: "Mit ihr lässt sich diese Seite wieder öffnen, bis 30 Tage nachdem alles gelöscht ist.",
    copyReceipt: "Quittung kopieren",
    noReceipt: "Diese Adresse enthält keine Quittung.",
    what: "Was es gab",
    left: (count) => `noch ${count}`,
    erased: "gelöscht",
    unreached: (count) =>
      count === 1
        ? "1 Gespräch hat noch nicht geantwortet; es wird jede Minute wieder gefragt."
        : `${inGerman(count)} Gespräche haben noch nicht geantwortet; sie werden jede Minute wieder gefragt.`,
    requested: (when) => `Verlangt ${when}`,
    completed: (when) => `Vollständig ${when}`,
    belongings: {
      sessions: "Sitzungen",
      api_keys: "API-Schlüssel",
      personas: "Personas",
      conversations: "Gespräche",
      messages: "Nachrichten",
      usage_events: "Einträge zum Verbrauch",
    },
    home: "Zur Tür",
  },
};
