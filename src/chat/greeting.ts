import { cardOf } from "../personas/character";
import { filledIn } from "../personas/macros";
import type { Speaker } from "../db/schema";
import { greetingsOf } from "../wire/rows";

/** What a persona may open a conversation with. Of a card's greetings, with whom they are about filled in. */
export function greetingsFor(persona: Speaker, userName: string | null): string[] {
  const card = cardOf(persona);
  const greetings = greetingsOf(persona);
  if (!card) return greetings;
  const names = { char: card.nickname || persona.name, user: userName || "you" };
  return greetings.map((greeting) => filledIn(greeting, names)).filter((greeting) => greeting.trim() !== "");
}
