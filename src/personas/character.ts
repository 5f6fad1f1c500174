import type { Persona } from "../db/schema";
import { readCard } from "./card";
import { filledIn } from "./macros";

/** What makes a persona speak as it does; `card` is JSON, as it came. */
export type Character = Pick<Persona, "name" | "description" | "relationType"> & { card?: string | null };

export const cardOf = ({ card }: Character) => (card ? readCard(card) : null);

/** Fills in whom the texts of a persona's card are about. Who the user is no model needs to know. */
export const fillFor =
  (persona: Character) =>
  (text: string): string =>
    filledIn(text, { char: cardOf(persona)?.nickname || persona.name, user: "the user" });
