/** The times that a question names: months (1 to 12, of whatever year unless it is named), and days as milliseconds in UTC. */
export type NamedDates = { month: number | null; year: number | null; day: number | null };

const DAY_MS = 86_400_000;

/** What a question says of when. `now` resolves "yesterday" and what has no year. */
export function datesIn(question: string, now: number): NamedDates {
  const text = question.toLowerCase();
  const relative = relativeDay(text, now);
  if (relative !== null) return { month: null, year: null, day: relative };
  const year = Number(/(?:19|20)\d{2}/.exec(text)?.[0] ?? Number.NaN) || null;
  const month = monthIn(text);
  return { month, year, day: month === null ? null : dayIn(text, month, year, now) };
}

const RELATIVE: [RegExp, number][] = [
  [/\bday before yesterday\b|\bvorgestern\b|前天|一昨日|おととい/u, 2],
  [/\byesterday\b|\blast night\b|\bgestern\b|昨天|昨日/u, 1],
  [/\bearlier today\b|\bthis morning\b|\bheute\b|今天|今日/u, 0],
  [/\blast week\b|\bletzte woche\b|上周|先週/u, 7],
];

function relativeDay(text: string, now: number): number | null {
  const found = RELATIVE.find(([pattern]) => pattern.test(text));
  return found ? now - found[1] * DAY_MS : null;
}

const MONTHS = [
  "jan|january|januar",
  "feb|february|februar",
  "mar|march|märz",
  "apr|april",
  "may|mai",
  "jun|june|juni",
  "jul|july|juli",
  "aug|august",
  "sep|sept|september",
  "oct|october|oktober",
  "nov|november",
  "dec|december|dezember",
].map((names) => new RegExp(`\\b(?:${names})\\b`, "u"));

function monthIn(text: string): number | null {
  const signs = /(\d{1,2})月/u.exec(text);
  if (signs) return monthOf(Number(signs[1]));
  const iso = /\b\d{4}-(\d{2})\b/.exec(text);
  if (iso) return monthOf(Number(iso[1]));
  // "may" is a verb more often than a month.
  const named = MONTHS.findIndex((pattern, i) => (i === 4 ? MAY.test(text) : pattern.test(text)));
  return named < 0 ? null : named + 1;
}
const MAY =
  /\b(?:in|of|last|this|since|until|during|by|early|late|mid) may\b|\bmay \d|\d(?:st|nd|rd|th)? may\b|\bmai\b/;

const monthOf = (month: number) => (month >= 1 && month <= 12 ? month : null);

function dayIn(text: string, month: number, year: number | null, now: number): number | null {
  const found =
    /\d月\s*(\d{1,2})[日号]/u.exec(text) ??
    /\b\d{4}-\d{2}-(\d{2})\b/.exec(text) ??
    /\b(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?[a-zä]{3}/.exec(text) ??
    /\b[a-zä]{3,9} (\d{1,2})(?:st|nd|rd|th)?\b(?!\d)/.exec(text);
  const day = Number(found?.[1] ?? 0);
  if (day < 1 || day > 31) return null;
  const at = noon(year ?? new Date(now).getUTCFullYear(), month, day);
  return year === null && at > now ? noon(new Date(now).getUTCFullYear() - 1, month, day) : at;
}

/** Months since 1970, by their number; 0 is January of that year. */
export function monthNumber(at: number): number {
  const date = new Date(at);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** How a message's time stands to what the question named, each 0 to 1: in the month, near the day, in the month after. */
export function nearness(
  { month, year, day }: NamedDates,
  doc: { at: number; month: number },
): [inMonth: number, nearDay: number, monthAfter: number] {
  const isNamed = (number: number) =>
    month !== null &&
    number % 12 === month - 1 &&
    (year === null || number === (year - 1970) * 12 + month - 1);
  const apart = day === null ? Infinity : Math.abs(doc.at - day) / DAY_MS;
  const nearDay = apart <= NEAR_DAYS ? 1 - apart / (NEAR_DAYS + 1) : 0;
  return [Number(isNamed(doc.month)), nearDay, Number(isNamed(doc.month - 1))];
}

const NEAR_DAYS = 3;

const noon = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day, 12);
