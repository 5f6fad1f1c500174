import type { CSSProperties } from "preact";

import { morphing } from "../route";
import type { Persona } from "../types";

/** The hue of a persona's room, in degrees: neighbours in the list are as far apart as can be (the golden angle). */
export const hueOf = (id: number): number => (id * 137.5 + 25) % 360;

/** Gives what is inside the light of a persona. */
export const hued = (id: number): { class: string; style: CSSProperties } => ({
  class: "hued",
  style: { "--hue": hueOf(id) } as CSSProperties,
});

export type OrbSize = "small" | "medium" | "bold" | "large" | "huge";
type Props = { persona: Pick<Persona, "id" | "name">; size: OrbSize; moves?: boolean };

/** A lit sphere with the first letter of the name. `moves`: it goes from the list to the room. */
export function Avatar({ persona: { id, name }, size, moves = false }: Props) {
  const style = {
    "--hue": hueOf(id),
    ...(moves && morphing.value === id && { viewTransitionName: "persona" }),
  } as CSSProperties;
  return (
    <span class={`orb hued ${size}`} style={style} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}

const initialOf = (name: string): string => ([...name.trim()][0] ?? "").toLocaleUpperCase();
