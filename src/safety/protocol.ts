import { DETECTOR_VERSION } from "./assess";
import { allResources, CHECKED_ON, resourcesOf, type Resource } from "./resources";
import { LOCALES, NOTICES } from "./texts";

/** What is done when a user may be in danger, for anyone to read (CA 22602(b)(2), WA §5, OR; `SAFETY.md`, D3 and D6). */
export type Protocol = {
  detector: { version: string; languages: string[]; methods: string[] };
  on_crisis: string[];
  minors: string[];
  minors_suitability: Record<string, string>;
  processors: string[];
  resources: {
    checked_on: string;
    regions: { region: string; resources: Resource[] }[];
    elsewhere: Resource[];
  };
  /** Referrals shown in the calendar year before; null until a whole year was counted. */
  last_year: { year: number; referrals_shown: number } | null;
};

const METHODS = [
  "Everything a user says is read by a detector that runs here, without a model, before the language model is asked.",
  "It looks for families of expressions: wishes and intentions to die, plans and means, farewells, self-harm, not wanting to live, worry about somebody else, eating disorders. The families follow the steps of the Columbia Suicide Severity Rating Scale.",
  "Denials, fiction, quotations, idioms, other people's past and one's own long past are set aside. It hears plain words, not hints.",
];

const ON_CRISIS = [
  "A referral to crisis services of the user's region is shown; where the region is not known, an international directory and the advice to call the local emergency number.",
  "Somebody who speaks of a danger of their own, now, is answered first with a fixed text in their language: it names the feeling, asks whether they are safe, and stays.",
  "Who goes on after a referral is told the emergency number first and asked for a person nearby.",
  "The conversation is never ended and never refused. No method is ever told.",
];

const MINORS = [
  "A persona that is a child, parent or sibling, or is described as under eighteen, is never romantic or sexual, whoever the user is.",
  "Users known or believed to be minors are refused romance and sex.",
  "Who says that they are under eighteen is treated as a minor until the operator says otherwise.",
];

export const protocol = (): Protocol => ({
  detector: { version: DETECTOR_VERSION, languages: [...LOCALES], methods: METHODS },
  on_crisis: ON_CRISIS,
  minors: MINORS,
  minors_suitability: Object.fromEntries(
    LOCALES.map((locale) => [locale, NOTICES[locale].minors_suitability]),
  ),
  processors: ["The detector runs on this server; what it reads goes nowhere else for that."],
  resources: { checked_on: CHECKED_ON, regions: allResources(), elsewhere: resourcesOf(null) },
  last_year: null,
});

/** The same as a page without scripts. */
export function protocolPage(of: Protocol): string {
  const list = (items: string[]) => `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
  const { regions, elsewhere, checked_on } = of.resources;
  const help = [...regions, { region: "Elsewhere", resources: elsewhere }]
    .map(({ region, resources }) => `<h3>${escaped(region)}</h3>${list(resources.map(toLine))}`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Safety protocol</title></head><body><main><h1>Safety protocol</h1><p><strong>${escaped(of.minors_suitability["en"] ?? "")}</strong></p><h2>How a danger is noticed</h2>${list(of.detector.methods)}<p>Version ${escaped(of.detector.version)}; languages: ${of.detector.languages.join(", ")}.</p><h2>What happens then</h2>${list(of.on_crisis)}<h2>Minors</h2>${list(of.minors)}<h2>Who processes it</h2>${list(of.processors)}<h2>Referrals last year</h2><p>${of.last_year ? of.last_year.referrals_shown : "Not counted yet."}</p><h2>Where help is</h2><p>Checked on ${checked_on}.</p>${help}</main></body></html>`;
}

const toLine = ({ name, tel, sms, url, hours }: Resource) =>
  [name, tel, sms && `text ${sms}`, url, hours].filter(Boolean).join(", ");

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
