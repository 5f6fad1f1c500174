import type { Persona } from "../db/schema";

/** What makes a persona speak as it does. */
export type Character = Pick<Persona, "name" | "description" | "relationType">;
