import { z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { invalidateConversations, MAX_RESIDENT_MS, MAX_TOLD } from "../chat/client";
import { isRemembered } from "../chat/remember";
import { batchAs, retried } from "../db/client";
import { noteFacts } from "../db/memory";
import { conversationsOfPersona, personaById } from "../db/personas";
import type { Persona } from "../db/schema";
import { AppError } from "../errors";
import {
  ConfirmationSchema,
  contract,
  countParameter,
  idParameter,
  jsonBody,
  ok,
  textField,
} from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter, type AppEnv } from "../http/router";
import { memoryOf } from "../memory/client";
import { MAX_FACT_LENGTH } from "../memory/facts/extract";
import { FACT_KINDS } from "../memory/facts/fact";
import { MAX_FACTS } from "../memory/facts/store";
import type { Owner } from "../memory/object";
import { FactSchema, RecallSchema, toFact, toRecall } from "../wire/memory";

const personaId = idParameter("The persona's id.");
const PersonaParams = z.object({ persona_id: personaId });
const FactParams = z.object({ persona_id: personaId, fact_id: idParameter("The fact's id.") });

/** A question is read as far as a message is long by default. */
const LONGEST_QUESTION = 8000;
const MAX_BUDGET = 20_000;

const factText = textField(MAX_FACT_LENGTH).openapi({ example: "My sister Ruth collects stamps." });
const kind = z.enum(FACT_KINDS, { error: `must be one of ${FACT_KINDS.join(", ")}` });

const tags = ["Memory"];
const TOO_MANY = `A persona keeps at most ${MAX_FACTS} facts. Please forget one first.`;
const factNotFound = (id: number) => new AppError("not_found", { detail: `Fact ${id} not found` });

/**
 * The caller's persona, by which the memory is found.
 * @throws AppError `not_found`
 */
async function ownPersona(c: Context<AppEnv>, id: number): Promise<{ owner: Owner; persona: Persona }> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const [[persona]] = await retried(() => batchAs(db, caller, [personaById(db, caller.userId, id)]));
  if (!persona) throw new AppError("not_found", { detail: `Persona ${id} not found` });
  return { owner: { userId: caller.userId, personaId: id }, persona };
}

/** Notes that something is known that no conversation tells: then it is asked for before each turn. */
async function noteTold(c: Context<AppEnv>, { userId, personaId }: Owner): Promise<void> {
  const [db, caller] = [c.get("db"), c.get("caller")];
  const since = new Date(Date.now() - MAX_RESIDENT_MS);
  const [noted, recent] = await retried(() =>
    batchAs(db, caller, [
      noteFacts(db, userId, personaId),
      conversationsOfPersona(db, userId, personaId, since, MAX_TOLD),
    ]),
  );
  if (noted.length > 0) await invalidateConversations(c.env, recent);
}

export const memory = newRouter();

memory.openapi(
  contract({
    method: "get",
    path: "/{persona_id}/memory",
    operationId: "listFacts",
    access: "read",
    tags,
    summary: "What a persona knows of you, pinned first, then the newest",
    request: {
      params: PersonaParams,
      query: z.object({
        kind: kind.optional(),
        past: z
          .enum(["true", "false"], { error: "must be true or false" })
          .default("false")
          .describe("With what no longer holds."),
        limit: countParameter(1, 100, 100),
        cursor: countParameter(0, 1_000_000, 0).describe("How many stood on the pages before."),
      }),
    },
    responses: ok(z.array(FactSchema), "A page; its Link header names the next one."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { kind, past, limit, cursor } = c.req.valid("query");
    const { owner } = await ownPersona(c, c.req.valid("param").persona_id);
    const object = memoryOf(c.env, owner);
    const facts = (await isRemembered(c.get("db"), c.env, owner))
      ? await object.listFacts(owner, past === "true")
      : await object.knownFacts(owner, past === "true");
    const chosen = facts.filter((fact) => kind === undefined || fact.kind === kind);
    if (chosen.length > cursor + limit) linkNext(c, { cursor: cursor + limit });
    return c.json(chosen.slice(cursor, cursor + limit).map(toFact), 200);
  },
);

memory.openapi(
  contract({
    method: "post",
    path: "/{persona_id}/memory",
    operationId: "tellFact",
    access: "chat",
    tags,
    summary: "Tell a persona something that it is to remember",
    request: {
      params: PersonaParams,
      ...jsonBody(
        z
          .object({
            text: factText,
            kind: kind.default("other"),
            is_pinned: z.boolean().default(false).describe("It then always stands in the prompt."),
          })
          .openapi("NewFact"),
      ),
    },
    responses: ok(FactSchema, "The fact."),
    errors: ["not_found", "storage_full"],
  }),
  async (c) => {
    const { text, kind, is_pinned: pinned } = c.req.valid("json");
    const { owner } = await ownPersona(c, c.req.valid("param").persona_id);
    await noteTold(c, owner);
    const told = await memoryOf(c.env, owner).tellFact(owner, { text, kind, pinned });
    if (!told) throw new AppError("storage_full", { detail: TOO_MANY });
    return c.json(toFact(told), 200);
  },
);

memory.openapi(
  contract({
    method: "put",
    path: "/{persona_id}/memory/{fact_id}",
    operationId: "changeFact",
    access: "chat",
    tags,
    summary: "Change, pin or confirm a fact: nothing that is learnt later changes it",
    request: {
      params: FactParams,
      ...jsonBody(
        z
          .object({ text: factText.optional(), kind: kind.optional(), is_pinned: z.boolean().optional() })
          .openapi("FactChanges"),
      ),
    },
    responses: ok(FactSchema, "The fact as it now is."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id, fact_id: factId } = c.req.valid("param");
    const { is_pinned: pinned, ...changes } = c.req.valid("json");
    const { owner } = await ownPersona(c, id);
    if (pinned) await noteTold(c, owner);
    const changed = await memoryOf(c.env, owner).changeFact(owner, factId, {
      ...changes,
      ...(pinned !== undefined && { pinned }),
    });
    if (!changed) throw factNotFound(factId);
    return c.json(toFact(changed), 200);
  },
);

memory.openapi(
  contract({
    method: "delete",
    path: "/{persona_id}/memory/{fact_id}",
    operationId: "forgetFact",
    access: "chat",
    tags,
    summary: "Forget a fact for good",
    request: { params: FactParams },
    responses: ok(ConfirmationSchema, "It is forgotten, and the same words never bring it back."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id, fact_id: factId } = c.req.valid("param");
    const { owner } = await ownPersona(c, id);
    if (!(await memoryOf(c.env, owner).forgetFact(owner, factId))) throw factNotFound(factId);
    return c.json({ message: `Fact ${factId} forgotten` }, 200);
  },
);

memory.openapi(
  contract({
    method: "delete",
    path: "/{persona_id}/memory",
    operationId: "forgetEverything",
    access: "chat",
    tags,
    summary:
      "Forget everything that was said so far, and all facts; the messages stay in their conversations",
    request: { params: PersonaParams },
    responses: ok(ConfirmationSchema, "The persona remembers nothing of it."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const { owner } = await ownPersona(c, id);
    await memoryOf(c.env, owner).forgetBefore(owner, Date.now());
    return c.json({ message: `Persona ${id} has forgotten what was said so far` }, 200);
  },
);

memory.openapi(
  contract({
    method: "get",
    path: "/{persona_id}/memory/search",
    operationId: "searchMemory",
    access: "read",
    tags,
    summary: "What a persona would recall for a question",
    request: {
      params: PersonaParams,
      query: z.object({
        q: textField(LONGEST_QUESTION, { multiline: true }).openapi({
          example: "What does my sister collect?",
        }),
        budget: countParameter(1, MAX_BUDGET, 1000).describe("Tokens for all of it."),
      }),
    },
    responses: ok(RecallSchema, "The messages, the likeliest first."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { q: question, budget } = c.req.valid("query");
    const { owner, persona } = await ownPersona(c, c.req.valid("param").persona_id);
    if (!(await isRemembered(c.get("db"), c.env, owner))) return c.json({ tokens: 0, messages: [] }, 200);
    const whole = { ratio: 1, now: Date.now(), window: null };
    const terms = { ...whole, question, persona: persona.name, budget, factBudget: 0 };
    return c.json(toRecall(await memoryOf(c.env, owner).search(owner, terms)), 200);
  },
);

memory.openapi(
  contract({
    method: "post",
    path: "/{persona_id}/memory/rebuild",
    operationId: "rebuildMemory",
    access: "chat",
    tags,
    summary: "Make a persona's memory anew from its conversations; what was forgotten stays forgotten",
    request: { params: PersonaParams },
    responses: ok(ConfirmationSchema, "It was made anew."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const { owner } = await ownPersona(c, id);
    if (await isRemembered(c.get("db"), c.env, owner)) await memoryOf(c.env, owner).rebuild(owner);
    return c.json({ message: `The memory of persona ${id} was made anew` }, 200);
  },
);
