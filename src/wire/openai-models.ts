import { z } from "@hono/zod-openapi";

import type { Persona } from "../db/schema";

const EXAMPLE = {
  id: "alex-1",
  object: "model" as const,
  created: 1767268800,
  owned_by: "user",
  name: "Alex",
  description: "An old friend from school who loves the sea.",
};

export const ModelSchema = z
  .object({
    id: z.string().describe("What a request's `model` names. Any text that ends in the persona's id does."),
    object: z.literal("model"),
    created: z.int().describe("Seconds since 1970."),
    owned_by: z.string(),
    name: z.string().describe("The persona's."),
    description: z.string().nullable().describe("The persona's."),
  })
  .openapi("PersonaModel", { example: EXAMPLE });

export const ModelListSchema = z
  .object({ object: z.literal("list"), data: z.array(ModelSchema) })
  .openapi("PersonaModels", { example: { object: "list", data: [EXAMPLE] } });

const SLUG_CHARACTERS = 40;

/** A name as it stands in a model's: `Captain Mara` is `captain-mara`, and what has no Latin letters is `persona`. */
function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").slice(0, SLUG_CHARACTERS);
  return slug.replace(/^-+|-+$/g, "") || "persona";
}

/** The model that a persona is: it keeps working under this name when the persona has another. */
export const modelIdOf = ({ id, name }: Pick<Persona, "id" | "name">) => `${slugOf(name)}-${id}`;

/** The persona that a model's name means, or null: `captain-mara-12`, `persona-12` and `12` are the same one. */
export function personaOfModel(model: string): number | null {
  const match = /(?:^|-)([1-9]\d{0,14})$/.exec(model.trim());
  return match ? Number(match[1]) : null;
}

/** A persona as the model that it is. */
export const toModel = (row: Persona): z.output<typeof ModelSchema> => ({
  id: modelIdOf(row),
  object: "model",
  created: Math.floor(row.createdAt.getTime() / 1000),
  owned_by: "user",
  name: row.name,
  description: row.description,
});
