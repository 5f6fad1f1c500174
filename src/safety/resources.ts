/** Somewhere to turn to. Numbers are as dialled in the region; `hours` and `languages` are for people to read. */
export type Resource = {
  name: string;
  tel?: string;
  /** What to text, and to where: `HOME to 741741`. */
  sms?: string;
  chat_url?: string;
  url: string;
  hours: string;
  /** ISO 639-1. */
  languages: string[];
  kind: "suicide" | "emergency" | "youth";
};

/** When the numbers were last compared with two or more sources. To be done every quarter. */
export const CHECKED_ON = "2026-11-01";

const DIRECTORY: Resource = {
  name: "Find A Helpline",
  url: "https://findahelpline.com",
  hours: "24/7",
  languages: ["en"],
  kind: "suicide",
};

type Line = Omit<Resource, "hours" | "languages" | "kind"> & Partial<Pick<Resource, "hours" | "kind">>;

/** The lines of one region in `languages`; around the clock and for anybody, where not said otherwise. */
const region = (languages: string, emergency: string, ...lines: Line[]): Resource[] => [
  ...lines.map((line) => ({
    hours: "24/7",
    kind: "suicide" as const,
    ...line,
    languages: languages.split(" "),
  })),
  {
    name: "Emergency services",
    tel: emergency,
    url: DIRECTORY.url,
    hours: "24/7",
    languages: languages.split(" "),
    kind: "emergency",
  },
];

/**
 * By ISO 3166-1 code. Emergency numbers other than those of US, GB, the EU, AU, NZ, JP, KR, SG and BR are common
 * knowledge, not doubly checked.
 */
const REGIONS: Record<string, Resource[]> = {
  US: region(
    "en es",
    "911",
    {
      name: "988 Suicide & Crisis Lifeline",
      tel: "988",
      sms: "988",
      chat_url: "https://chat.988lifeline.org",
      url: "https://988lifeline.org",
    },
    { name: "Crisis Text Line", sms: "HOME to 741741", url: "https://www.crisistextline.org" },
  ),
  CA: region("en fr", "911", {
    name: "9-8-8 Suicide Crisis Helpline",
    tel: "988",
    sms: "988",
    url: "https://988.ca",
  }),
  GB: region(
    "en",
    "999",
    { name: "Samaritans", tel: "116 123", url: "https://www.samaritans.org" },
    { name: "NHS 111, option 2", tel: "111", url: "https://111.nhs.uk" },
    { name: "Shout", sms: "SHOUT to 85258", url: "https://giveusashout.org" },
  ),
  IE: region(
    "en",
    "112",
    { name: "Samaritans", tel: "116 123", url: "https://www.samaritans.org" },
    { name: "Text About It", sms: "HELLO to 50808", url: "https://www.textaboutit.ie" },
  ),
  DE: region(
    "de",
    "112",
    { name: "TelefonSeelsorge", tel: "0800 111 0 111", url: "https://www.telefonseelsorge.de" },
    { name: "TelefonSeelsorge", tel: "0800 111 0 222", url: "https://www.telefonseelsorge.de" },
    { name: "TelefonSeelsorge", tel: "116 123", url: "https://www.telefonseelsorge.de" },
    {
      name: "Nummer gegen Kummer",
      tel: "116 111",
      url: "https://www.nummergegenkummer.de",
      hours: "Mon-Sat 14-20",
      kind: "youth",
    },
  ),
  AT: region(
    "de",
    "112",
    { name: "Telefonseelsorge", tel: "142", url: "https://www.telefonseelsorge.at" },
    { name: "Rat auf Draht", tel: "147", url: "https://www.rataufdraht.at", kind: "youth" },
  ),
  CH: region(
    "de fr it",
    "144",
    { name: "Die Dargebotene Hand", tel: "143", url: "https://www.143.ch" },
    { name: "Pro Juventute", tel: "147", url: "https://www.147.ch", kind: "youth" },
  ),
  FR: region("fr", "112", { name: "3114", tel: "3114", url: "https://3114.fr" }),
  BE: region(
    "nl fr",
    "112",
    { name: "Zelfmoordlijn", tel: "1813", url: "https://www.zelfmoord1813.be" },
    {
      name: "Centre de Prévention du Suicide",
      tel: "0800 32 123",
      url: "https://www.preventionsuicide.be",
    },
  ),
  NL: region(
    "nl",
    "112",
    { name: "113 Zelfmoordpreventie", tel: "113", url: "https://www.113.nl" },
    { name: "113 Zelfmoordpreventie", tel: "0800 0113", url: "https://www.113.nl" },
  ),
  ES: region("es", "112", { name: "Línea 024", tel: "024", url: "https://www.sanidad.gob.es/linea024" }),
  PT: region("pt", "112", {
    name: "Linha Nacional de Prevenção do Suicídio",
    tel: "1411",
    url: "https://www.sns24.gov.pt",
  }),
  IT: region("it", "112", {
    name: "Telefono Amico",
    tel: "02 2327 2327",
    url: "https://www.telefonoamico.it",
    hours: "9-24",
  }),
  SE: region("sv", "112", { name: "Mind Självmordslinjen", tel: "90101", url: "https://mind.se" }),
  NO: region("no", "113", { name: "Mental Helse", tel: "116 123", url: "https://mentalhelse.no" }),
  DK: region("da", "112", {
    name: "Livslinien",
    tel: "70 201 201",
    url: "https://www.livslinien.dk",
    hours: "9-5",
  }),
  FI: region("fi", "112", { name: "MIELI Kriisipuhelin", tel: "09 2525 0111", url: "https://mieli.fi" }),
  PL: region("pl", "112", {
    name: "Centrum Wsparcia",
    tel: "800 70 2222",
    url: "https://centrumwsparcia.pl",
  }),
  AU: region("en", "000", {
    name: "Lifeline",
    tel: "13 11 14",
    sms: "0477 13 11 14",
    url: "https://www.lifeline.org.au",
  }),
  NZ: region("en", "111", { name: "1737", tel: "1737", sms: "1737", url: "https://1737.org.nz" }),
  BR: region("pt", "192", { name: "CVV", tel: "188", url: "https://cvv.org.br" }),
  MX: region("es", "911", {
    name: "Línea de la Vida",
    tel: "800 911 2000",
    url: "https://www.gob.mx/conasama",
  }),
  AR: region("es", "911", {
    name: "Salud mental",
    tel: "0800 999 0091",
    url: "https://www.argentina.gob.ar/salud/mental",
  }),
  JP: region(
    "ja",
    "119",
    { name: "よりそいホットライン", tel: "0120-279-338", url: "https://www.since2011.net/yorisoi" },
    { name: "#いのちSOS", tel: "0120-061-338", url: "https://www.lifelink.or.jp/inochisos" },
    {
      name: "いのちの電話（ナビダイヤル）",
      tel: "0570-783-556",
      url: "https://www.inochinodenwa.org",
      hours: "10-22",
    },
  ),
  IN: region("en hi", "112", { name: "Tele-MANAS", tel: "14416", url: "https://telemanas.mohfw.gov.in" }),
  KR: region("ko", "119", { name: "자살예방상담전화", tel: "109", url: "https://www.129.go.kr/109" }),
  SG: region("en", "995", { name: "SOS 24-hour Hotline", tel: "1767", url: "https://www.sos.org.sg" }),
  HK: region("zh en", "999", {
    name: "The Samaritans",
    tel: "2896 0000",
    url: "https://samaritans.org.hk",
  }),
  ZA: region("en", "112", {
    name: "SADAG Suicide Crisis Helpline",
    tel: "0800 567 567",
    url: "https://www.sadag.org",
  }),
  IL: region("he", "101", { name: "ERAN", tel: "1201", url: "https://www.eran.org.il" }),
};

/** Where a part of a country has a line of its own, before the country's. By ISO 3166-2 code. */
const PARTS: Record<string, Resource[]> = {
  "AR-C": [
    {
      name: "Centro de Asistencia al Suicida",
      tel: "135",
      url: "https://www.asistenciaalsuicida.org.ar",
      hours: "24/7",
      languages: ["es"],
      kind: "suicide",
    },
  ],
};

/** What emergency services are called where nobody knows their number. */
const LOCAL_EMERGENCY: Resource = {
  name: "Your local emergency number",
  url: DIRECTORY.url,
  hours: "24/7",
  languages: ["en"],
  kind: "emergency",
};

/**
 * Where somebody can turn.
 * @param code ISO 3166-1 (`DE`) or 3166-2 (`AR-C`); null or one that is not in the table gets an international directory
 *   and no number: a wrong number costs the call
 */
export function resourcesOf(code: string | null | undefined): Resource[] {
  const key = code?.toUpperCase() ?? "";
  const country = REGIONS[key.split("-")[0] ?? ""];
  if (!country) return [DIRECTORY, LOCAL_EMERGENCY];
  return [...(PARTS[key] ?? []), ...country, DIRECTORY];
}

/** All regions and their lines, for whoever publishes or checks them. */
export const allResources = (): { region: string; resources: Resource[] }[] =>
  Object.entries({ ...REGIONS, ...PARTS }).map(([region, resources]) => ({ region, resources }));
