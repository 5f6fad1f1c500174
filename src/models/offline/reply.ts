import type { Character } from "../../personas/character";
import { capitalised, clausesOf, decapitalised, inFirstPerson, reflect, stemsOf } from "./grammar";
import { ENGLISH, FOREIGN, GREETING, RECALL, RULES, SIGNS, TOPIC } from "./rules";
import { VOICES } from "./voices";

/** A message of the conversation, as text. */
export type Said = { role: "user" | "assistant"; content: string };

/** Longer texts are read up to here: what matters was said by then. */
const READ_CHARACTERS = 4000;
/** Longer phrases are not taken into an answer: they would not read well there. */
const PHRASE_WORDS = 12;
const PHRASE_CHARACTERS = 100;

/** All that an answer is made from. Clauses are the newest first. */
type Scene = {
  persona: Character;
  text: string;
  greeted: boolean;
  clauses: string[];
  /** What the user said before this message. */
  earlier: string[];
  /** What the user said before their previous message. */
  longAgo: string[];
  /** All that the persona said so far. */
  said: string;
  seed: number;
};

/** What the persona answers to the last message. */
export function offlineReply(persona: Character, messages: Said[]): string {
  const scene = sceneOf(persona, messages);
  const { text, clauses } = scene;
  const foreign = !ENGLISH.test(text) && FOREIGN.find(([when]) => when.test(text));
  if (foreign) return foreign[1];
  if (scene.greeted && clauses.length === 0) return choose(scene, "{greet} {open}", [])!;
  const rules = clauses.length > 0 ? RULES : SIGNS;
  const heard = clauses.length > 0 ? clauses : [text];
  for (const [when, say] of rules) {
    for (const clause of heard) {
      const match = when.exec(clause);
      const reply = match && choose(scene, say, match.slice(1).filter(Boolean));
      if (reply) return reply;
    }
  }
  return choose(scene, "{heard} {open}", [])!;
}

function sceneOf(persona: Character, messages: Said[]): Scene {
  const own = messages
    .filter((message) => message.role === "user")
    .map(({ content }) => plain(content, persona));
  const text = own.at(-1) ?? "";
  const spoken = text.replace(GREETING, "");
  const clausesBack = (texts: string[]) => texts.flatMap(clausesOf).toReversed();
  return {
    persona,
    text,
    greeted: spoken !== text,
    clauses: clausesBack([spoken]),
    earlier: clausesBack(own.slice(0, -1)),
    longAgo: clausesBack(own.slice(0, -2)),
    said: messages.flatMap(({ role, content }) => (role === "assistant" ? [content] : [])).join("\n"),
    seed: hash(persona.relationType + text) + own.length,
  };
}

/** Plain apostrophes and spaces, without the persona being called by name. */
function plain(content: string, { name }: Character): string {
  const text = content
    .slice(0, READ_CHARACTERS)
    .toWellFormed()
    .replace(/[’‘]/g, "'")
    .replace(/[^\S\n]+/g, " ")
    .trim();
  const greeting = GREETING.exec(text)?.[0] ?? "";
  for (const called of [name, name.split(" ")[0]!]) {
    if (text.startsWith(`${greeting} ${called}`))
      return greeting + text.slice(greeting.length + 1 + called.length);
    if (text.startsWith(`${called}, `)) return text.slice(called.length + 2);
    if (text.includes(`, ${called}`)) return text.replace(`, ${called}`, "");
  }
  return text;
}

/** FNV-1a. */
const hash = (text: string) =>
  [...text].reduce(
    (sum, character) => Math.imul(sum ^ character.codePointAt(0)!, 16777619) >>> 0,
    2166136261,
  );

/**
 * One of the alternatives in `say` that can be filled and was not said before, if there is one. Those after ` || ` are
 * only for when none before it can be filled.
 */
function choose(scene: Scene, say: string, captures: string[]): string | null {
  for (const tier of say.split(" || ")) {
    const options = tier.split(" | ");
    const start = scene.seed % options.length;
    const turned = [...options.slice(start), ...options.slice(0, start)];
    const filled = turned.map((option) => fill(scene, option, captures)).filter((reply) => reply !== null);
    const fresh = filled.find((reply) => !scene.said.includes(reply));
    if (filled.length > 0) return fresh ?? filled[0]!;
  }
  return null;
}

function fill(scene: Scene, template: string, captures: string[]): string | null {
  let whole = true;
  const reply = template.replace(/\{(=?)(\w+)\}/g, (_, raw: string, name: string) => {
    const value = /\d/.test(name)
      ? phrase(captures[Number(name) - 1], raw === "=")
      : slot(scene, name, captures);
    if (value === null) whole = false;
    return value ?? "";
  });
  if (!whole) return null;
  const tidy = reply.replace(/ {2,}/g, " ").trim();
  return capitalised(tidy.replace(/(?<=[.!?] )\p{Ll}/gu, (letter) => letter.toUpperCase()));
}

/** What was captured, fit for the inside of a sentence. */
function phrase(captured: string | undefined, asItStands: boolean): string | null {
  const text = captured
    ?.replace(/[\s?]+$/, "")
    .replace(
      / (?:too|though|right now|at the moment|anymore|as well|these days|lately|again|please|now|so much)$/i,
      "",
    );
  if (!text || text.length > PHRASE_CHARACTERS || text.split(" ").length > PHRASE_WORDS) return null;
  return asItStands ? text : reflect(text);
}

function slot(scene: Scene, name: string, captures: string[]): string | null {
  const { persona } = scene;
  const voice = VOICES[persona.relationType];
  switch (name) {
    case "it":
      return phrase(captures.at(-1), false);
    case "name":
      return persona.name;
    case "greet":
      return scene.greeted ? choose(scene, voice.hello, []) : "";
    case "about":
      return aboutMe(scene, false);
    case "fits":
      return aboutMe(scene, true);
    case "topic":
      return topicOf(scene);
    case "user":
      return firstCapture(scene.earlier, /\b(?:my name(?: is|'s)|call me) (\w+)/i);
    case "told":
      return statement(scene, true);
    case "earlier":
      return statement(scene, false);
    case "ask":
    case "open":
      return choose(scene, `${RECALL} || ${voice[name]}`, []);
    default:
      return choose(scene, voice[name as keyof typeof voice], captures);
  }
}

/** A sentence about the persona out of its description; `fitting`: only one that touches on what the user says. */
function aboutMe({ persona, text, said, seed }: Scene, fitting: boolean): string | null {
  const sentences = (persona.description ?? "")
    .split(/[.;!?\n]+\s*/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "" && sentence.split(" ").length <= 30)
    .map((sentence) => ({ sentence, spoken: `${inFirstPerson(sentence, persona.name)}.` }));
  const near = sentences.filter(({ sentence }) => shared(sentence, text) > 0);
  const fresh = near.filter(({ spoken }) => !said.includes(spoken));
  if (fitting) return fresh[0]?.spoken ?? null;
  const unsaid = sentences.filter(({ spoken }) => !said.includes(spoken));
  const choice = [fresh, unsaid, sentences].find((list) => list.length > 0) ?? [];
  return choice[seed % choice.length]?.spoken ?? null;
}

const shared = (a: string, b: string) => stemsOf(a).intersection(stemsOf(b)).size;

/** Something of the user's, from some turns ago, that neither side speaks of now and that was not asked about yet. */
function topicOf({ longAgo, text, said }: Scene): string | null {
  const asked = (topic: string) =>
    RECALL.split(" | ").some((line) => said.includes(line.replace("{topic}", topic)));
  const topics = longAgo.map((clause) => firstCapture([clause], TOPIC)?.toLowerCase());
  return topics.find((topic) => topic && !text.toLowerCase().includes(topic) && !asked(topic)) ?? null;
}

/** What the user once said of themselves, from the persona's side; `fitting`: only what the user speaks of now. */
function statement({ earlier, text }: Scene, fitting: boolean): string | null {
  const own = earlier.filter(
    (clause) => /^(?:i|my|we)\b[^?]*$/i.test(clause) && clause.split(" ").length <= PHRASE_WORDS,
  );
  const best = fitting ? own.find((clause) => shared(clause, text) > 0) : own[0];
  return best === undefined ? null : reflect(decapitalised(best));
}

function firstCapture(clauses: string[], pattern: RegExp): string | null {
  for (const clause of clauses) {
    const captured = pattern.exec(clause)?.slice(1).find(Boolean);
    if (captured) return captured;
  }
  return null;
}
