import type { Speaker } from "../db/schema";
import { cardOf } from "../personas/character";
import type { Card } from "../personas/card";
import type { Role } from "../safety/policy";
import { describesMinor } from "../safety/age";

/** A description is read in pieces of so many characters, each with the end of the one before it. */
const PIECE = 4000;
const SHARED = 200;

/** Who speaks, by their own description, by their card and by what an app says of them. */
export const roleOf = (persona: Speaker, texts: string[] = []): Role => ({
  relationType: persona.relationType,
  description: persona.description,
  texts: [...texts, ...telling(persona)],
});

const told = new WeakMap<Card, { description: string | null; texts: string[] }>();

/** Of all that a persona and its card say, the first piece that tells of a minor: each turn asks, and nothing else counts. */
function telling(persona: Speaker): string[] {
  const card = cardOf(persona);
  const description = persona.description ?? "";
  if (!card && description.length <= PIECE) return [];
  const known = card && told.get(card);
  if (known && known.description === persona.description) return known.texts;
  const texts = [description.slice(PIECE - SHARED), ...(card ? textsOf(card) : [])];
  const piece = texts.flatMap(piecesOf).find(describesMinor);
  const found = piece === undefined ? [] : [piece];
  if (card) told.set(card, { description: persona.description, texts: found });
  return found;
}

const textsOf = ({ personality, scenario, system, examples, afterHistory, book }: Card) => [
  personality,
  scenario,
  system,
  examples,
  afterHistory,
  ...(book?.entries.filter(({ isConstant }) => isConstant).map(({ content }) => content) ?? []),
];

function piecesOf(text: string): string[] {
  const count = Math.ceil(text.length / (PIECE - SHARED));
  return Array.from({ length: count }, (_, n) =>
    text.slice(n * (PIECE - SHARED), n * (PIECE - SHARED) + PIECE),
  );
}
