import { z } from "@hono/zod-openapi";

import { ownAllowances } from "../db/allowances";
import { avatarOf, cardOf, filesOf, insertCard, rowsOfFile, sealedCard } from "../db/cards";
import { batchAs, one, retried, type Caller, type Database } from "../db/client";
import { bytesOfFile, claimObjects, putObjects } from "../db/file-objects";
import { insertPersona, personaById } from "../db/personas";
import { takenBy } from "../db/room";
import { takeId } from "../db/row-ids";
import { IMAGE_TYPES, RELATIONSHIPS, type Persona, type PersonaFile } from "../db/schema";
import type { Config } from "../env";
import { AppError } from "../errors";
import { contract, fileBody, fileOf, ok } from "../http/contract";
import { newRouter } from "../http/router";
import { CARD_FORMATS, CARD_TYPES, cardFileOf, fileNameOf } from "../interchange/card-export";
import {
  MAX_CARD_FILE,
  readCardFile,
  WARNING_CODES,
  type CardAsset,
  type CardFile,
} from "../interchange/card-file";
import { cardFor, traitsOf, type CardTraits } from "../interchange/persona-card";
import { configuredRoom, noRoomFor, roomOf } from "../usage/room";
import { PERSONA_EXAMPLE, PersonaSchema, toPersona } from "../wire/rows";
import { personaNotFound, PersonaParams, relationship } from "./personas";

export const cards = newRouter();
const tags = ["Personas"];

const ImportedPersonaSchema = z
  .object({
    persona: PersonaSchema,
    warnings: z
      .array(z.object({ code: z.enum(WARNING_CODES), detail: z.string() }))
      .describe("What of the card is not as it was, or not used."),
  })
  .openapi("ImportedPersona", { example: { persona: PERSONA_EXAMPLE, warnings: [] } });

cards.openapi(
  contract({
    method: "post",
    path: "/import",
    operationId: "importPersona",
    access: "chat",
    upload: MAX_CARD_FILE,
    tags,
    summary: "Make a persona of a character card: V1, V2 or V3 as JSON, PNG or APNG, or CHARX",
    request: {
      query: z.object({
        relation_type: relationship
          .optional()
          .openapi({ type: "string", enum: [...RELATIONSHIPS], example: "friend" })
          .describe("What it is to you, which no card says; else `other`, or what our own export says."),
      }),
      ...fileBody,
    },
    responses: ok(ImportedPersonaSchema, "The new persona."),
    errors: ["too_many_personas", "storage_full"],
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    // Whoever may not bring anything learns nothing of what it is.
    await retried(() => batchAs(db, caller, [takenBy(db, caller.userId)]));
    const file = await readCardFile(new Uint8Array(await c.req.arrayBuffer()));
    const { traits, warnings } = traitsOf(file.json, c.req.valid("query").relation_type);
    const persona = await insertImported(db, c.env.FILES, caller, file, traits, c.get("config"));
    return c.json({ persona: toPersona(persona), warnings: [...file.warnings, ...warnings] }, 200);
  },
);

/** One batch: the persona with its card and its files, or nothing of it. */
async function insertImported(
  db: Database,
  bucket: R2Bucket | undefined,
  caller: Caller,
  { json, assets, main }: CardFile,
  traits: CardTraits,
  config: Config,
): Promise<Persona> {
  const { userId } = caller;
  const id = await takeId(db, caller, "personas");
  const lastFile = assets.length > 0 ? await takeId(db, caller, "persona_files", assets.length) : 0;
  const fileId = (n: number) => lastFile - assets.length + 1 + n;
  const owned = { personaId: id, userId };
  const card = sealedCard(db, owned, json);
  const numbered = assets.map((asset, n) => ({ id: fileId(n), ...asset }));
  const keys = bucket && numbered.length > 0 ? await putObjects(db, bucket, numbered) : null;
  const files = numbered.map((asset) => rowsOfFile(db, owned, asset, keys?.get(asset.id)));
  const avatarId = main ? fileId(assets.indexOf(main)) : null;
  const beside = files.reduce((sum, { bytes }) => sum + bytes, card.bytes);
  const [[row], taken, own] = await batchAs(db, caller, [
    insertPersona(db, { id, userId, room: configuredRoom(config), avatarId, beside }, traits),
    takenBy(db, userId),
    ownAllowances(db, userId),
    insertCard(db, owned, card.cell),
    ...files.flatMap(({ queries }) => queries),
    ...(keys ? [claimObjects(db, [...keys.keys()])] : []),
  ]);
  if (!row) throw noRoomFor("personas", one(taken), roomOf(one(own), config));
  return row;
}

cards.openapi(
  contract({
    method: "get",
    path: "/{persona_id}/export",
    operationId: "exportPersona",
    access: "read",
    tags,
    summary: "Get a persona as a character card (V3) that other apps take",
    request: {
      params: PersonaParams,
      query: z.object({
        format: z
          .enum(CARD_FORMATS, { error: `must be one of ${CARD_FORMATS.join(", ")}` })
          .default("png")
          .openapi({ example: "png" })
          .describe(
            "In its picture (readers of V2 find a card there as well), as JSON, or as CHARX with all its files.",
          ),
      }),
    },
    responses: fileOf(Object.values(CARD_TYPES), "The card as a file."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { userId } = caller;
    const [[persona], [card], files] = await retried(() =>
      batchAs(db, caller, [personaById(db, userId, id), cardOf(db, userId, id), filesOf(db, userId, id)]),
    );
    if (!persona) throw personaNotFound(id);
    const found = format === "json" ? [] : await assetsOf(db, c.env.FILES, files);
    const assets = found.map(({ asset }) => asset);
    const main = found.find(({ id }) => id === persona.avatarId)?.asset ?? null;
    const file = cardFileOf(format, cardFor(persona, card ?? null), assets, main);
    const headers = {
      "Content-Type": CARD_TYPES[format],
      "Content-Disposition": attachment(fileNameOf(persona.name, format)),
    };
    return c.body(file as Uint8Array<ArrayBuffer>, 200, headers) as never;
  },
);

/** RFC 6266, with the name in UTF-8 as RFC 8187 has it. */
export const attachment = (name: string) =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`;

/** What is gone from its bucket is left out. */
async function assetsOf(db: Database, bucket: R2Bucket | undefined, files: PersonaFile[]) {
  const found: { id: number; asset: CardAsset }[] = [];
  for (const file of files) {
    const { id, path, mediaType } = file;
    const bytes = await bytesOfFile(db, bucket, file);
    if (bytes) found.push({ id, asset: { path, mediaType, bytes } });
  }
  return found;
}

cards.openapi(
  contract({
    method: "get",
    path: "/{persona_id}/avatar",
    operationId: "getAvatar",
    access: "read",
    tags,
    summary: "Show a persona's picture",
    request: { params: PersonaParams },
    responses: fileOf(IMAGE_TYPES, "The picture; an address that names another picture has another `v`."),
    errors: ["not_found"],
  }),
  async (c) => {
    const { persona_id: id } = c.req.valid("param");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[file]] = await retried(() => batchAs(db, caller, [avatarOf(db, caller.userId, id)]));
    const noPicture = () => new AppError("not_found", { detail: `Persona ${id} has no picture` });
    if (!file?.mediaType) throw noPicture();
    const bytes = await bytesOfFile(db, c.env.FILES, file);
    if (!bytes) throw noPicture();
    return c.body(bytes, 200, {
      "Content-Type": file.mediaType,
      // Whatever is in it, it can do nothing, and is nothing else than it says.
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Content-Disposition": "inline",
      "Cache-Control": "private, max-age=31536000, immutable",
    }) as never;
  },
);
