import type { CSSProperties } from "preact";

import { pictureAt } from "../pictures";
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
type Props = {
  persona: Pick<Persona, "id" | "name"> & Partial<Pick<Persona, "avatar_url">>;
  size: OrbSize;
  moves?: boolean;
};

/** A lit sphere with the first letter of the name, or with the picture that came with the persona. `moves`: it goes from the list to the room. */
export function Avatar({ persona: { id, name, avatar_url }, size, moves = false }: Props) {
  const picture = avatar_url ? pictureAt(avatar_url).value : null;
  const style = {
    "--hue": hueOf(id),
    ...(moves && morphing.value === id && { viewTransitionName: "persona" }),
  } as CSSProperties;
  return (
    <span class={`orb hued ${size}`} style={style} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : initialOf(name)}
    </span>
  );
}

const initialOf = (name: string): string => ([...name.trim()][0] ?? "").toLocaleUpperCase();
