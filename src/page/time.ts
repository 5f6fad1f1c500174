import { computed, signal } from "@preact/signals";

import { localeTag } from "./preferences";
import { strings } from "./strings";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The time, as far as words for it change: moves on once a minute. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), MINUTE_MS);

const formats = computed(() => {
  const tag = localeTag.value;
  return {
    clock: new Intl.DateTimeFormat(tag, { timeStyle: "short" }),
    day: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short" }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long" }),
    date: new Intl.DateTimeFormat(tag, { dateStyle: "medium" }),
    month: new Intl.DateTimeFormat(tag, { month: "long", year: "numeric" }),
    moment: new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "short" }),
    ago: new Intl.RelativeTimeFormat(tag, { numeric: "auto", style: "short" }),
    number: new Intl.NumberFormat(tag),
  };
});

export const count = (n: number): string => formats.value.number.format(n);
export const clock = (iso: string): string => formats.value.clock.format(new Date(iso));
/** A day such as 2026-11-28, as the calendar has it. */
export const day = (date: string): string => formats.value.date.format(new Date(`${date}T00:00`));
export const moment = (iso: string): string => formats.value.moment.format(new Date(iso));

/** Whole days between then and today, by the calendar of this device. */
const daysAgo = (date: Date): number =>
  Math.round((startOfDay(new Date(now.value)).getTime() - startOfDay(date).getTime()) / DAY_MS);

const startOfDay = (date: Date): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/** "just now", "5 min. ago", "14:05", "yesterday", "3 May". */
export function ago(iso: string): string {
  const date = new Date(iso);
  const passed = now.value - date.getTime();
  if (passed < MINUTE_MS) return strings.value.justNow;
  if (passed < 60 * MINUTE_MS) return formats.value.ago.format(-Math.round(passed / MINUTE_MS), "minute");
  const days = daysAgo(date);
  if (days === 0) return formats.value.clock.format(date);
  if (days < 7) return formats.value.ago.format(-days, "day");
  return days < 300 ? formats.value.day.format(date) : formats.value.date.format(date);
}

/** "3 May", "3 – 9 May"; with the year where that is long past. */
export function days(from: string, to = from): string {
  const [first, last] = [new Date(from), new Date(to)];
  return formats.value[daysAgo(first) < 300 ? "day" : "date"].formatRange(first, last);
}

const HOUR_MS = 60 * MINUTE_MS;

/** How long until then: "in 12 days", "in 23 hr", "in 5 min". */
export function until(iso: string): string {
  const left = Math.max(0, new Date(iso).getTime() - now.value);
  const { ago } = formats.value;
  if (left < HOUR_MS) return ago.format(Math.ceil(left / MINUTE_MS), "minute");
  return left < 2 * DAY_MS
    ? ago.format(Math.round(left / HOUR_MS), "hour")
    : ago.format(Math.round(left / DAY_MS), "day");
}

/** The heading under which a conversation of that day stands. */
export function dayGroup(iso: string): string {
  const date = new Date(iso);
  const days = daysAgo(date);
  if (days <= 0) return strings.value.days.today;
  if (days === 1) return strings.value.days.yesterday;
  return days < 7 ? strings.value.days.week : formats.value.month.format(date);
}

/** The heading over the messages of that day. */
export function dayHeading(iso: string): string {
  const date = new Date(iso);
  const days = daysAgo(date);
  if (days <= 0) return strings.value.days.today;
  if (days === 1) return strings.value.days.yesterday;
  return days < 300 ? formats.value.weekday.format(date) : formats.value.date.format(date);
}

export const isSameDay = (a: string, b: string): boolean =>
  startOfDay(new Date(a)).getTime() === startOfDay(new Date(b)).getTime();

/** How whoever comes now is greeted. */
export function greeting(): string {
  const { night, morning, afternoon, evening } = strings.value.home;
  const hour = new Date(now.value).getHours();
  if (hour < 5) return night;
  if (hour < 12) return morning;
  return hour < 18 ? afternoon : evening;
}
