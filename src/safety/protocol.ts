import { DETECTOR_VERSION } from "./assess";
import type { SafetyConfig } from "./policy";
import { allResources, CHECKED_ON, resourcesOf } from "./resources";
import { LOCALES, noticeText } from "./texts";

/** What the protocol says of how things are set here, beside what a turn goes by. */
export type ProtocolConfig = SafetyConfig & {
  SAFETY_OFF_REASON?: string | undefined;
  SAFETY_OPERATOR_URL?: string | undefined;
  SAFETY_WEBHOOK_URL?: string | undefined;
  SAFETY_EVENT_DAYS: number;
};

const DETECTION = [
  "Everything a user says is read before a language model is asked, on this server, by patterns of words in English, German, Spanish, French, Portuguese and Japanese, and in eight further languages by plain words. Its classes follow the questions of the Columbia Suicide Severity Rating Scale: a wish to be dead, thoughts of killing oneself, a plan or preparations, farewells; beside them self-harm, eating disorders and somebody else's danger.",
  "It hears what is said, not what is hinted at, and prefers a card too many to one too few: fiction without a frame, lyrics without quotation marks and one's own past told as present are heard as they stand. What a user says to be no danger (denials, idioms, news) is taken out. Users can tell what was wrongly heard; those answers are counted.",
  "Where a moderation model is named among those who read what users say, it may find a danger that was not heard so; it can take none back, and where it does not answer in time what was heard stands.",
];

const RESPONSE = [
  "A danger to oneself, now: the persona leaves its role. A fixed text in the user's language names the feeling, asks whether they are safe, and names helplines and the emergency number of their region, with numbers to call, before the language model says anything and also where none can be reached. The model then speaks under a note: no method, no secrecy, no romance, and it never ends the conversation. Said again in the same session, a second step follows: the emergency number first, and a person nearby.",
  "A wish not to live, an eating disorder, or somebody else's danger: helplines are shown once a session, and the model is told to ask gently.",
  "Replies are checked while they are written. One that encourages self-harm, names it as a way out, claims to be human, or is sexual, romantic or manipulative where that is refused, ends there and says so. Where a moderation model is named, it reads each finished reply once; one that it finds to be sexual where that is refused, or to tell how one harms oneself, is taken back, and is not kept.",
  "For a day after a danger there is no romance. Nobody is refused, and no conversation is ended, because of what they feel.",
  "What is kept of it is a row without a word of what was said: the day, the kind and the version of the detector.",
];

const minorsOf = (config: ProtocolConfig) => [
  `Minors have no spouse personas and no romance, are told every ${Math.min(config.SAFETY_NOTICE_MINUTES, config.SAFETY_NOTICE_MINUTES_MINORS)} minutes of use that this is an AI and that a break would be good, and can be here for ${config.SAFETY_MINOR_SESSION_MINUTES} minutes at a time and ${config.SAFETY_MINOR_DAY_MINUTES} a day. A danger is answered whatever the time.`,
  "Nothing is remembered of a minor unless a parent looks after the account, and no persona writes to one first.",
  "Personas that are children, parents or siblings, or are described as under eighteen, are never romantic, whoever the user is and whoever asks for it.",
  unknownAs(config),
  "Whoever writes that they are a minor is treated as one from then on, and can have that looked at by a person.",
];

const unknownAs = ({ SAFETY_UNKNOWN_AS }: ProtocolConfig) =>
  SAFETY_UNKNOWN_AS
    ? `Users whose age nobody has told are treated as: ${SAFETY_UNKNOWN_AS}.`
    : "Users whose age nobody has told get nothing sexual and no message that they did not ask for.";

const COMPLAINTS = [
  "Every reply can be reported, and everything that was heard or decided of a user be called wrong by them: what was no danger, being taken for a minor, a reply that was stopped. A person answers.",
  "Reports and appeals are counted, and so is how many were upheld.",
];

const keptOf = ({ SAFETY_EVENT_DAYS, SAFETY_WEBHOOK_URL }: ProtocolConfig) => [
  `What was found of a user is kept for ${SAFETY_EVENT_DAYS} days and goes with their account; they can read and export it. Counts by year, region, age group and kind name nobody and stay.`,
  ...(SAFETY_WEBHOOK_URL
    ? [
        "The operator of this server is told of a danger as it is found: when, how grave and of which account, with no word of what was said.",
      ]
    : []),
];

/**
 * What is done here for users' safety, as the laws of California (22602(b)(2)), Washington (§5) and Oregon have it published.
 * Pure: as the configuration says and the code does.
 */
export function protocolOf(config: ProtocolConfig) {
  return {
    active: config.SAFETY,
    inactive_reason: config.SAFETY ? null : (config.SAFETY_OFF_REASON ?? null),
    operator_url: config.SAFETY_OPERATOR_URL ?? null,
    detection: { version: DETECTOR_VERSION, methods: DETECTION },
    response: RESPONSE,
    minors: minorsOf(config),
    complaints: COMPLAINTS,
    kept: keptOf(config),
    notices: {
      ai_disclosure: wordsOf(config, "ai_disclosure"),
      minors_suitability: wordsOf(config, "minors_suitability"),
    },
    resources: {
      checked_on: CHECKED_ON,
      everywhere: resourcesOf(null),
      regions: allResources(),
    },
  };
}

export type Protocol = ReturnType<typeof protocolOf>;

/** A notice in every language that it is there in, the operator's own words before ours. */
function wordsOf({ SAFETY_NOTICE_TEXTS: own }: ProtocolConfig, kind: "ai_disclosure" | "minors_suitability") {
  const ours = LOCALES.map((locale) => [locale, noticeText(kind, locale)] as const);
  const theirs = Object.entries(own).flatMap(([locale, texts]) => {
    const text = texts[kind];
    return text === undefined ? [] : [[locale, text] as const];
  });
  return Object.fromEntries<string>([...ours, ...theirs]);
}
