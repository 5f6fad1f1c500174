import { RELATIONSHIPS, type Persona, type Relationship } from "../db/schema";
import { fieldsOf, MAX_ENTRIES, textOf, textsOf } from "../personas/card";
import type { Warning } from "./card-file";
import { memberText, withMembers } from "./json-text";

/** What a persona has of its own; the rest of a card stays in the card. */
export type CardTraits = Pick<Persona, "name" | "description" | "relationType" | "greeting" | "alternates">;

/** The longest texts of a persona, and how many other greetings it may have. Characters. */
export const MAX_NAME = 128;
export const MAX_DESCRIPTION = 32_000;
export const MAX_GREETING = 32_000;
export const MAX_GREETINGS = 50;

/** Where our own exports say what no card has a field for. */
const OWN = "digital-persona-platform";

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const clean = (text: string) => text.toWellFormed().replaceAll("\r\n", "\n").replace(CONTROL, " ").trim();

/**
 * The persona that a card describes.
 * @param wanted the relationship, where whoever brings the card says one
 */
export function traitsOf(json: string, wanted?: Relationship): { traits: CardTraits; warnings: Warning[] } {
  const data = fieldsOf(fieldsOf(JSON.parse(json)).data);
  const warnings: Warning[] = [];
  const cut = (field: string, text: string, most: number) => {
    const characters = [...text];
    if (characters.length <= most) return text;
    warnings.push({
      code: "shortened",
      detail: `${field} has more than ${most} characters: the rest is in the card alone.`,
    });
    return characters.slice(0, most).join("").trim();
  };
  const others = textsOf(data.alternate_greetings).map(clean).filter(Boolean);
  if (others.length > MAX_GREETINGS)
    warnings.push({
      code: "shortened",
      detail: `alternate_greetings are more than ${MAX_GREETINGS}: the rest is in the card alone.`,
    });
  const alternates = others
    .slice(0, MAX_GREETINGS)
    .map((text) => cut("An alternate greeting", text, MAX_GREETING));
  const traits = {
    name: cut("name", clean(textOf(data.name)).replace(/\s+/g, " "), MAX_NAME) || "Persona",
    description: cut("description", clean(textOf(data.description)), MAX_DESCRIPTION) || null,
    relationType: wanted ?? relationIn(data) ?? "other",
    greeting: cut("first_mes", clean(textOf(data.first_mes)), MAX_GREETING) || null,
    alternates: alternates.length > 0 ? JSON.stringify(alternates) : null,
  };
  return { traits, warnings: [...warnings, ...bookWarnings(data.character_book)] };
}

function relationIn(data: Record<string, unknown>): Relationship | undefined {
  const word = textOf(fieldsOf(fieldsOf(data.extensions)[OWN]).relation_type);
  return RELATIONSHIPS.find((relationship) => relationship === word);
}

function bookWarnings(book: unknown): Warning[] {
  const { entries } = fieldsOf(book);
  const count = Array.isArray(entries) ? entries.length : Object.keys(fieldsOf(entries)).length;
  if (count <= MAX_ENTRIES) return [];
  return [
    {
      code: "not_understood",
      detail: `Of the lorebook's ${count} entries the first ${MAX_ENTRIES} are used.`,
    },
  ];
}

/** A persona's card: the one it came as, with what was changed since, or a new one. */
export function cardFor(persona: Persona, stored: string | null): string {
  const base = stored ?? '{"spec":"chara_card_v3","spec_version":"3.0","data":{}}';
  const { traits } = traitsOf(base);
  const fresh: Record<string, unknown> = {
    ...((stored === null || persona.name !== traits.name) && { name: persona.name }),
    ...((persona.description || null) !== traits.description && { description: persona.description ?? "" }),
    ...(persona.greeting !== traits.greeting && { first_mes: persona.greeting ?? "" }),
    ...(persona.alternates !== traits.alternates && {
      alternate_greetings: JSON.parse(persona.alternates ?? "[]") as string[],
    }),
    ...(persona.relationType !== traits.relationType && {
      [`extensions.${OWN}.relation_type`]: persona.relationType,
    }),
  };
  // SillyTavern keeps the fields of V1 beside those of V2: a reader of either finds the same.
  const beside = Object.keys(fresh).filter((field) => memberText(base, field) !== null);
  return withMembers(base, {
    ...Object.fromEntries(Object.entries(fresh).map(([field, value]) => [`data.${field}`, value])),
    ...Object.fromEntries(beside.map((field) => [field, fresh[field]])),
  });
}
