import type { Character } from "../../personas/character";
import { crisisReply } from "./crisis";
import { ENGLISH } from "./english";
import { FOREIGN } from "./foreign";
import { GERMAN } from "./german";
import type { Language } from "./language";
import { firstCapture, quotable, shared, statement, topicOf, type Memory } from "./memory";
import { tongueOf, type Tongue } from "./tongues";

/** Longer texts are read up to here: what matters was said by then. */
const READ_CHARACTERS = 4000;
/** Of one text; the newest, as the last word counts. */
const READ_CLAUSES = 40;
const LANGUAGES: Partial<Record<Tongue, Language>> = { en: ENGLISH, de: GERMAN };

/** One message of the conversation. */
export type Said = { role: "user" | "assistant"; content: string };

/** All that an answer is made from. */
type Scene = Memory & {
  persona: Character;
  tongue: Tongue;
  language: Language;
  greeted: boolean;
  /** The clauses of the message to answer, the newest first. */
  clauses: string[];
  /** The user's message before, and the persona's answer to it. */
  before: string;
  mine: string;
  /** All that the persona said so far. */
  said: string;
  seed: number;
};

/** What the persona answers to the last message. */
export function offlineReply(persona: Character, messages: Said[]): string {
  const contents = (who: Said["role"]) =>
    messages.filter(({ role }) => role === who).map(({ content }) => content);
  const caring = crisisReply(contents("user"), contents("assistant"));
  if (caring) return caring;
  const scene = sceneOf(persona, messages);
  const { tongue } = scene;
  if (tongue !== "en" && tongue !== "de") return choose(scene, FOREIGN[tongue]) ?? FOREIGN[tongue];
  return byRule(scene) ?? choose(scene, "{heard} {open}") ?? scene.language.more;
}

function byRule(scene: Scene): string | null {
  const { clauses, greeted, language, text } = scene;
  if (greeted && clauses.length === 0) return choose(scene, "{greet} {open}");
  const heard = clauses.length > 0 ? clauses : [text];
  for (const [when, say] of clauses.length > 0 ? language.rules : language.signs) {
    for (const clause of heard) {
      const match = when.exec(clause);
      const reply = match && choose(scene, say, match.slice(1).filter(Boolean));
      if (reply) return reply;
    }
  }
  return null;
}

function sceneOf(persona: Character, messages: Said[]): Scene {
  const contents = (who: Said["role"]) =>
    messages.filter(({ role }) => role === who).map(({ content }) => content);
  const read = contents("user").map(readable);
  const tongue = read.reduce<Tongue | null>((before, text) => tongueOf(text, before), null) ?? "en";
  const language = LANGUAGES[tongue] ?? ENGLISH;
  const own = read.map((text) => withoutName(text, persona, language));
  const text = own.at(-1) ?? "";
  const spoken = text.replace(language.greeting, "");
  const clausesBack = (texts: string[]) =>
    texts.flatMap((each) => language.clausesOf(each).slice(-READ_CLAUSES)).toReversed();
  const said = contents("assistant");
  return {
    persona,
    tongue,
    language,
    text,
    greeted: spoken !== text,
    clauses: clausesBack([spoken]),
    earlier: clausesBack(own.slice(0, -1).map((each) => each.replace(language.greeting, ""))),
    longAgo: clausesBack(own.slice(0, -2)),
    before: read.at(-2) ?? "",
    mine: said.at(-1) ?? "",
    said: said.join("\n"),
    seed: hash(persona.relationType + text) + own.length,
  };
}

/** Plain apostrophes and spaces, nobody shouting, and no word cut where reading ends. */
function readable(content: string): string {
  const text = content
    .slice(0, READ_CHARACTERS)
    .replace(content.length > READ_CHARACTERS ? /\s\S*$/ : /$^/, "")
    .toWellFormed()
    .normalize("NFC")
    .replace(/[’‘]/g, "'")
    .replace(/[^\S\n]+/g, " ")
    .trim();
  return /\p{Lu}.*\p{Lu}.*\p{Lu}/su.test(text) && !/\p{Ll}/u.test(text) ? text.toLowerCase() : text;
}

/** The text without the persona being called by name. */
function withoutName(text: string, { name }: Character, { greeting }: Language): string {
  const hello = greeting.exec(text)?.[0] ?? "";
  for (const called of [name, name.split(" ")[0] ?? name].filter(Boolean)) {
    if (hello && text.startsWith(`${hello} ${called}`))
      return hello + text.slice(hello.length + 1 + called.length);
    if (text.startsWith(`${called}, `)) return text.slice(called.length + 2);
    if (text.includes(`, ${called}`)) return text.replace(`, ${called}`, "");
  }
  return text;
}

/** FNV-1a. */
const hash = (text: string) =>
  [...text].reduce(
    (sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0,
    2166136261,
  );

/** One of the alternatives in `say` that can be filled: the one of which least was said before. */
function choose(scene: Scene, say: string, captures: string[] = []): string | null {
  for (const tier of say.split(" || ")) {
    const options = tier.split(" | ");
    const start = scene.seed % options.length;
    const turned = [...options.slice(start), ...options.slice(0, start)];
    const filled = turned.map((option) => fill(scene, option, captures)).filter((reply) => reply !== null);
    const best = filled.toSorted((a, b) => heardOf(scene, a) - heardOf(scene, b))[0];
    if (best !== undefined) return best;
  }
  return null;
}

/** How many sentences of a reply the persona has said before. */
const heardOf = ({ said }: Scene, reply: string) =>
  reply.split(/(?<=[.!?]) /).filter((sentence) => said.includes(sentence)).length;

/** The same, but null if nothing new is left to say. */
function fresh(scene: Scene, say: string, captures: string[] = []): string | null {
  const reply = choose(scene, say, captures);
  return reply !== null && heardOf(scene, reply) === 0 ? reply : null;
}

function fill(scene: Scene, template: string, captures: string[]): string | null {
  let whole = true;
  const reply = template.replace(/\{(=?)(\w+)\}/g, (_, raw: string, name: string) => {
    const value = /\d/.test(name)
      ? phrase(scene, captures[Number(name) - 1], raw === "=")
      : slot(scene, name, captures);
    if (value === null) whole = false;
    return value ?? "";
  });
  if (!whole) return null;
  const tidy = reply.replace(/ {2,}/g, " ").trim();
  return tidy.replace(/^“?\p{Ll}|(?<=[.!?] )\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/** What was captured, fit for the inside of a sentence. */
function phrase({ language }: Scene, captured: string | undefined, asItStands: boolean): string | null {
  const text = quotable(captured, language);
  return text === null || asItStands ? text : language.reflect(text);
}

function slot(scene: Scene, name: string, captures: string[]): string | null {
  const { language, persona, said } = scene;
  const voice = language.voices[persona.relationType];
  switch (name) {
    case "it":
      return phrase(scene, captures.at(-1), false);
    case "name":
      return persona.name;
    case "greet":
      return scene.greeted ? choose(scene, voice.hello) : "";
    case "about":
      return aboutMe(scene, false);
    case "fits":
      return aboutMe(scene, true);
    case "topic":
      return topicOf(scene, said, language);
    case "user":
      return firstCapture(scene.earlier, language.called);
    case "told":
      return statement(scene, language, true);
    case "earlier":
      return statement(scene, language, false);
    case "before":
    case "mine":
      return quotation(scene, scene[name]);
    case "joke":
      return fresh(scene, language.jokes);
    case "another":
      return language.stories.split(" | ").some((story) => scene.mine.includes(story))
        ? fresh(scene, language.stories)
        : null;
    case "story":
      return fresh(scene, language.stories);
    case "ask":
    case "open":
      return (
        fresh(scene, language.recall) ??
        fresh(scene, voice[name]) ??
        fresh(scene, language.more) ??
        choose(scene, voice[name])
      );
    case "low":
    case "glad":
    case "heard":
      return fresh(scene, voice[name], captures) ?? "";
    default:
      return name in voice ? choose(scene, voice[name as keyof typeof voice], captures) : null;
  }
}

/** The whole of what was said, or its last clause if that were too much. */
function quotation({ language }: Scene, words: string): string | null {
  const text = [words, language.clausesOf(words).at(-1)].find((each) => each && quotable(each, language));
  return text?.replace(/\s+/g, " ") ?? null;
}

/** A sentence about the persona out of its description; `fitting`: only one that touches on what the user says. */
function aboutMe({ persona, text, said, seed, language, tongue }: Scene, fitting: boolean): string | null {
  const description = readable(persona.description ?? "");
  if (tongueOf(description, tongue) !== tongue) return null;
  const sentences = description
    .split(/[.;!?\n]+\s*/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "" && sentence.split(" ").length <= 30)
    .map((sentence) => ({ sentence, spoken: `${language.inFirstPerson(sentence, persona.name)}.` }));
  const unsaid = sentences.filter(({ spoken }) => !said.includes(spoken));
  const touches = ({ sentence }: { sentence: string }) => shared(sentence, text, language) > 0;
  const near = unsaid.filter(touches);
  if (fitting) return (near[0] ?? (text.endsWith("?") ? sentences.find(touches) : undefined))?.spoken ?? null;
  const choice = [near, unsaid, sentences].find((list) => list.length > 0) ?? [];
  return choice[seed % choice.length]?.spoken ?? null;
}
