import { computed } from "@preact/signals";

import { localeTag } from "./preferences";

const formats = computed(() => {
  const tag = localeTag.value;
  return {
    usd: new Intl.NumberFormat(tag, { style: "currency", currency: "USD", maximumFractionDigits: 2 }),
    /** Less than a dollar is told to two digits that say something. */
    cents: new Intl.NumberFormat(tag, { style: "currency", currency: "USD", maximumSignificantDigits: 2 }),
    percent: new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 }),
    ms: new Intl.NumberFormat(tag, { style: "unit", unit: "millisecond", maximumFractionDigits: 0 }),
    seconds: new Intl.NumberFormat(tag, { style: "unit", unit: "second", maximumFractionDigits: 1 }),
    compact: new Intl.NumberFormat(tag, { notation: "compact", maximumFractionDigits: 1 }),
    kilobytes: new Intl.NumberFormat(tag, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 }),
    megabytes: new Intl.NumberFormat(tag, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }),
    day: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" }),
    date: new Intl.DateTimeFormat(tag, { dateStyle: "medium" }),
    list: new Intl.ListFormat(tag),
  };
});

export const usd = (amount: number): string =>
  (amount > 0 && amount < 1 ? formats.value.cents : formats.value.usd).format(amount);
export const percent = (share: number): string => formats.value.percent.format(share);
export const compact = (n: number): string => formats.value.compact.format(n);
export const list = (words: string[]): string => formats.value.list.format(words);
export const dateOf = (iso: string): string => formats.value.date.format(new Date(iso));
/** A day as the API writes it: `2026-01-31`. */
export const dayOf = (day: string): string => formats.value.day.format(new Date(`${day}T12:00:00Z`));

export const duration = (ms: number): string =>
  ms < 1000 ? formats.value.ms.format(ms) : formats.value.seconds.format(ms / 1000);

export const size = (bytes: number): string =>
  bytes < 1e6
    ? formats.value.kilobytes.format(Math.ceil(bytes / 1000))
    : formats.value.megabytes.format(bytes / 1e6);
