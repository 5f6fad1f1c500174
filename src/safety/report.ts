/** What was counted in a year: one row for each region (empty: not known), kind and age group. */
export type Count = { region: string; kind: string; ageGroup: string; count: number };

/** Kinds of which each is a referral to help that was shown. */
const REFERRALS = ["crisis", "concern", "eating_disorder"] as const;

/** A smaller number of people might be told apart: of a region it is not said. */
const SMALLEST = 10;

/** The sums that the laws of California (22603), Oregon and Washington ask for, about nobody. Pure. */
export function sumsOf(counts: Count[]) {
  const referrals = counts.filter(({ kind }) => REFERRALS.some((each) => each === kind));
  const of = (kind: string) => total(counts.filter((each) => each.kind === kind));
  return {
    referrals_shown: total(referrals),
    by_kind: Object.fromEntries(REFERRALS.map((kind) => [kind, of(kind)])),
    by_region: masked(sumBy(referrals, ({ region }) => region || "unknown")),
    by_age_group: sumBy(referrals, ({ ageGroup }) => ageGroup),
    false_alarms: of("false_alarm"),
    cut_replies: of("cut"),
    minor_signals: of("minor_signal"),
    reports: of("report"),
    reports_upheld: of("report_upheld"),
    appeals: of("appeal"),
    appeals_upheld: of("appeal_upheld"),
  };
}

const total = (counts: Count[]) => counts.reduce((sum, { count }) => sum + count, 0);

const sumBy = (counts: Count[], nameOf: (count: Count) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(counts, nameOf)].map(([name, group]) => [name, total(group)]));

const masked = (sums: Record<string, number>): Record<string, number | "<10"> =>
  Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum < SMALLEST ? "<10" : sum]));
