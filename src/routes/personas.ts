import { z } from "@hono/zod-openapi";

import { invalidateConversations, MAX_RESIDENT_MS, MAX_TOLD } from "../chat/client";
import { deletePersonaOf } from "../chat/delete-persona";
import { ownAllowances } from "../db/allowances";
import { batchAs, one, retried } from "../db/client";
import {
  conversationsOfPersona,
  insertPersona,
  listPersonas,
  personaById,
  updatePersona,
} from "../db/personas";
import { reserveId } from "../db/row-ids";
import { takenBy } from "../db/room";
import { RELATIONSHIPS, type Relationship } from "../db/schema";
import { AppError } from "../errors";
import {
  ok,
  contract,
  countParameter,
  idParameter,
  jsonBody,
  ConfirmationSchema,
  orNull,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { MAX_DESCRIPTION, MAX_GREETING, MAX_GREETINGS, MAX_NAME } from "../interchange/persona-card";
import { configuredRoom, noRoomFor, roomOf, storageFull } from "../usage/room";
import { PersonaSchema, toPersona } from "../wire/rows";

export const relationship = z
  .string()
  .transform((word) => word.trim().toLowerCase() as Relationship)
  .refine((word) => RELATIONSHIPS.includes(word), { error: `must be one of ${RELATIONSHIPS.join(", ")}` })
  .openapi({ type: "string", enum: [...RELATIONSHIPS], example: "friend" });

const greeting = textField(MAX_GREETING, { multiline: true }).openapi({
  example: "There you are! I was at the sea.",
});

/** Greetings as a persona's row has them; absent where nothing is said of them. */
function greetingsOf(input: {
  greeting?: string | null | undefined;
  alternate_greetings?: string[] | null | undefined;
}) {
  const { greeting, alternate_greetings: others } = input;
  return {
    ...(greeting !== undefined && { greeting }),
    ...(others !== undefined && { alternates: others?.length ? JSON.stringify(others) : null }),
  };
}

/** How a persona remembers, as its row has it; absent where nothing is said of it. */
function memoryOf(input: { memory?: "on" | "off" | undefined; memory_tokens?: number | null | undefined }) {
  const { memory, memory_tokens: memoryTokens } = input;
  return {
    ...(memory !== undefined && { memory: memory === "on" }),
    ...(memoryTokens !== undefined && { memoryTokens }),
  };
}

/** Clients know the relationship under three names; the first one given counts. */
const traits = {
  name: textField(MAX_NAME).openapi({ example: "Alex" }),
  description: orNull(textField(MAX_DESCRIPTION, { minimum: 0, multiline: true })).openapi({
    example: "An old friend from school who loves the sea.",
  }),
  greeting: orNull(greeting)
    .describe("What the persona opens a conversation with.")
    .openapi({ example: "There you are! I was at the sea." }),
  alternate_greetings: z
    .array(greeting)
    .max(MAX_GREETINGS, `must be at most ${MAX_GREETINGS}`)
    .nullish()
    .describe("Other ways to open one: variants of its first message."),
  memory: z
    .enum(["on", "off"], { error: "must be on or off" })
    .optional()
    .describe("Whether it remembers what was said, beyond what fits into its context.")
    .openapi({ example: "on" }),
  memory_tokens: z
    .int("must be a whole number")
    .min(100, "must be at least 100")
    .max(2000, "must be at most 2000")
    .nullish()
    .describe("How many tokens of a prompt that may take; null for what the server is configured with.")
    .openapi({ example: 1000 }),
  relation_type: orNull(relationship, RELATIONSHIPS),
  relationship_type: orNull(relationship, RELATIONSHIPS).describe("Another name of `relation_type`."),
  relationship: orNull(relationship, RELATIONSHIPS).describe("Another name of `relation_type`."),
};

const TraitsSchema = z.object(traits).transform((input, c) => {
  const relationType = input.relation_type ?? input.relationship_type ?? input.relationship;
  if (relationType) {
    const nothing = { greeting: null, alternates: null, memory: true, memoryTokens: null };
    return {
      name: input.name,
      description: input.description ?? null,
      relationType,
      ...nothing,
      ...greetingsOf(input),
      ...memoryOf(input),
    };
  }
  c.addIssue({
    code: "custom",
    path: ["relation_type"],
    message: `must be one of ${RELATIONSHIPS.join(", ")}`,
  });
  return z.NEVER;
});

const ChangesSchema = z
  .object({ ...traits, name: traits.name.optional() })
  .transform(({ name, description, ...input }) => ({
    name,
    description,
    ...greetingsOf(input),
    ...memoryOf(input),
    relationType: input.relation_type ?? input.relationship_type ?? input.relationship ?? undefined,
  }))
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    error: "give name, description, greeting, alternate_greetings, relation_type, memory or memory_tokens",
  });

export const PersonaParams = z.object({ persona_id: idParameter("The persona's id.") });
export const personaNotFound = (id: number) =>
  new AppError("not_found", { detail: `Persona ${id} not found` });
const tags = ["Personas"];

export const personas = newRouter();

personas.openapi(
  contract({
    method: "post",
    path: "/",
    operationId: "createPersona",
    access: "chat",
    tags,
    summary: "Make a persona",
    request: jsonBody(TraitsSchema),
    responses: ok(PersonaSchema, "The new persona."),
    errors: ["too_many_personas", "storage_full"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const id = await reserveId(db, caller, "personas");
    const { userId } = caller;
    const config = c.get("config");
    const [[row], taken, own] = await batchAs(db, caller, [
      insertPersona(db, { id, userId, room: configuredRoom(config) }, c.req.valid("json")),
      takenBy(db, userId),
      ownAllowances(db, userId),
    ]);
    if (!row) throw noRoomFor("personas", one(taken), roomOf(one(own), config));
    return c.json(toPersona(row), 200);
  },
);

personas.openapi(
  contract({
    method: "get",
    path: "/",
    operationId: "listPersonas",
    access: "read",
    tags,
    summary: "List personas, in the order they were made",
    request: {
      query: z.object({
        limit: countParameter(1, 100, 100),
        cursor: idParameter("The last persona of the page before.").optional(),
      }),
    },
    responses: ok(z.array(PersonaSchema), "A page; its Link header names the next one."),
  }),
  async (c) => {
    const { limit, cursor = 0 } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const page = { after: cursor, limit: limit + 1 };
    const [rows] = await retried(() => batchAs(db, caller, [listPersonas(db, caller.userId, page)]));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    if (rows.length > limit && last) linkNext(c, { cursor: last.id });
    return c.json(shown.map(toPersona), 200);
  },
);

personas.openapi(
  contract({
    method: "get",
    path: "/{persona_id}",
    operationId: "getPersona",
    access: "read",
    tags,
    summary: "Show a persona",
    request: { params: PersonaParams },
    responses: ok(PersonaSchema, "The persona."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[row]] = await retried(() => batchAs(db, caller, [personaById(db, caller.userId, id)]));
    if (!row) throw personaNotFound(id);
    return c.json(toPersona(row), 200);
  },
);

personas.openapi(
  contract({
    method: "put",
    path: "/{persona_id}",
    operationId: "updatePersona",
    access: "chat",
    tags,
    summary: "Change a persona, in whole or in part",
    request: { params: PersonaParams, ...jsonBody(ChangesSchema) },
    responses: ok(PersonaSchema, "The persona as it now is."),
    errors: ["not_found", "storage_full"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const changes = c.req.valid("json");
    const [db, caller, config] = [c.get("db"), c.get("caller"), c.get("config")];
    const { userId } = caller;
    const since = new Date(Date.now() - MAX_RESIDENT_MS);
    const [recent, [row], [known], own] = await retried(() =>
      batchAs(db, caller, [
        conversationsOfPersona(db, userId, id, since, MAX_TOLD),
        updatePersona(db, { userId, id, room: configuredRoom(config) }, changes),
        personaById(db, userId, id),
        ownAllowances(db, userId),
      ]),
    );
    if (!known) throw personaNotFound(id);
    if (!row) throw storageFull(roomOf(one(own), config).storedBytes);
    await invalidateConversations(c.env, recent);
    return c.json(toPersona(row), 200);
  },
);

personas.openapi(
  contract({
    method: "delete",
    path: "/{persona_id}",
    operationId: "deletePersona",
    access: "chat",
    tags,
    summary: "Delete a persona with its conversations",
    request: { params: PersonaParams },
    responses: ok(ConfirmationSchema, "It is gone."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    if (!(await deletePersonaOf(c.env, db, caller, id))) throw personaNotFound(id);
    return c.json({ message: `Persona ${id} deleted successfully` }, 200);
  },
);
