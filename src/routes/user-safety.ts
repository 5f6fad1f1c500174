import { z } from "@hono/zod-openapi";

import { invalidateConversations, MAX_TOLD } from "../chat/client";
import { batchAs, retried } from "../db/client";
import { answerAgeAppeals } from "../db/complaints";
import { conversationsChangedSince } from "../db/conversations";
import { safetyOfUser, updateSafety, type UserSafety } from "../db/safety";
import { AGE_GROUPS, AGE_SOURCES, type AgeGroup } from "../db/schema";
import { REGION, type Config } from "../env";
import { AppError } from "../errors";
import { contract, idParameter, jsonBody, ok } from "../http/contract";
import { newRouter } from "../http/router";
import { policyOf } from "../safety/policy";

const tags = ["Safety"];

/** Whom a user is to be treated as, said by the operator, who has asked them, their parent or their device. */
export const userSafety = newRouter();

/** California's AB 1043, as operating systems signal an age. */
const BRACKETS = { "<13": "child", "13-15": "teen", "16-17": "teen", "18+": "adult" } as const;

const region = z
  .string()
  .trim()
  .toUpperCase()
  .regex(REGION, "must be a region such as US or AR-C (ISO 3166)")
  .openapi({ example: "US" });
const locale = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, "must be a language tag such as en or pt-BR (BCP 47)")
  .openapi({ example: "en" });

const UserSafetySchema = z
  .object({
    user_id: z.int(),
    age_group: z.enum(AGE_GROUPS),
    age_source: z.enum(AGE_SOURCES).nullable().describe("Null while nobody has said."),
    region: z.string().nullable(),
    locale: z.string().nullable(),
    parent_linked: z.boolean(),
    treated_as: z
      .enum(AGE_GROUPS)
      .describe("Whose rules hold: for an unknown one, what SAFETY_UNKNOWN_AS says."),
    memory: z.boolean().describe("Whether facts about them may be kept and recalled."),
    proactive: z.boolean().describe("Whether a persona may write to them first."),
  })
  .openapi("UserSafety", {
    example: {
      user_id: 1,
      age_group: "teen",
      age_source: "os_signal",
      region: "US",
      locale: "en",
      parent_linked: false,
      treated_as: "teen",
      memory: false,
      proactive: false,
    },
  });

function toUserSafety(userId: number, row: UserSafety, config: Config) {
  const { ageGroup, memory, proactive } = policyOf(row, null, config, Date.now());
  return {
    user_id: userId,
    age_group: row.ageGroup,
    age_source: row.ageSource,
    region: row.region,
    locale: row.locale,
    parent_linked: row.parentLinked,
    treated_as: ageGroup,
    memory,
    proactive,
  };
}

const ChangesSchema = z
  .object({
    age_group: z
      .enum([...AGE_GROUPS, "<13", "13-15", "16-17", "18+"])
      .describe("A group, or a bracket as operating systems signal it (California's AB 1043).")
      .transform((given): AgeGroup =>
        given in BRACKETS ? BRACKETS[given as keyof typeof BRACKETS] : (given as AgeGroup),
      )
      .openapi({ example: "13-15" }),
    age_source: z.enum(["operator", "os_signal", "parent"]).openapi({ example: "os_signal" }),
    region: region.nullish().describe("ISO 3166-1 or 3166-2: whose helplines are named."),
    locale: locale.nullish().describe("The language of what the law has them shown (BCP 47)."),
    parent_linked: z.boolean().optional(),
  })
  .openapi("UserSafetyChanges");

const UserParams = z.object({ user_id: idParameter("The user's id.") });
const userNotFound = () => new AppError("not_found", { detail: "User not found" });

userSafety.openapi(
  contract({
    method: "get",
    path: "/{user_id}/safety",
    operationId: "getUserSafety",
    access: "admin",
    tags,
    summary: "Whom a user is treated as",
    request: { params: UserParams },
    responses: ok(UserSafetySchema, "The user."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { user_id: userId } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[row]] = await retried(() => batchAs(db, caller, [safetyOfUser(db, userId)]));
    if (!row) throw userNotFound();
    return c.json(toUserSafety(userId, row, c.get("config")), 200);
  },
);

/** An object that has not been asked for a day remembers nothing of its last turn. Milliseconds. */
const RECENT_MS = 24 * 60 * 60_000;

userSafety.openapi(
  contract({
    method: "put",
    path: "/{user_id}/safety",
    operationId: "updateUserSafety",
    access: "admin",
    tags,
    summary: "Say how old a user is, and where; it also answers what they have said themselves",
    request: { params: UserParams, ...jsonBody(ChangesSchema) },
    responses: ok(UserSafetySchema, "The user as they are now."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { user_id: userId } = c.req.valid("param");
    const input = c.req.valid("json");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const changes = {
      ageGroup: input.age_group,
      ageSource: input.age_source,
      ...(input.region !== undefined && { region: input.region }),
      ...(input.locale !== undefined && { locale: input.locale }),
      ...(input.parent_linked !== undefined && { parentLinked: input.parent_linked }),
    };
    // What they have said against being taken for a minor is answered by it.
    const isMinor = input.age_group === "teen" || input.age_group === "child";
    const status = isMinor ? "dismissed" : "upheld";
    const [, , [row], recent] = await batchAs(db, caller, [
      updateSafety(db, userId, changes),
      answerAgeAppeals(db, userId, status, new Date()),
      safetyOfUser(db, userId),
      conversationsChangedSince(db, userId, new Date(Date.now() - RECENT_MS), MAX_TOLD),
    ]);
    if (!row) throw userNotFound();
    await invalidateConversations(c.env, recent);
    return c.json(toUserSafety(userId, row, c.get("config")), 200);
  },
);
