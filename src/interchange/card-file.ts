import type { ImageType } from "../db/schema";
import { fieldsOf, textOf } from "../personas/card";
import { badFile, parsed, tooLarge, utf8 } from "./file-error";
import { imageTypeOf } from "./images";
import { memberText, withMembers } from "./json-text";
import { isPng, pngTexts, withoutTexts } from "./png";
import { entriesOf, isZip, readEntry, sourceOf, type Entry, type Source } from "./zip";

/** A file that came with a card: by its path in an archive, or (null) the picture that the card was in. */
export type CardAsset = { path: string | null; mediaType: ImageType | null; bytes: Uint8Array };

/** Something of a card that is not as it was, told to whoever brought it. */
export type Warning = { code: WarningCode; detail: string };
export const WARNING_CODES = ["shortened", "left_out", "newer_version", "not_understood"] as const;
type WarningCode = (typeof WARNING_CODES)[number];

/** A card as it is stored: JSON in the form of V3, what of it differs not a byte from what came, and its files. */
export type CardFile = { json: string; assets: CardAsset[]; main: CardAsset | null; warnings: Warning[] };

/** The largest file that a card may come in, the JSON in it, and all its files together: what a database may hold. Bytes. */
export const MAX_CARD_FILE = 16_000_000;
export const MAX_CARD_JSON = 1_000_000;
export const MAX_ASSETS = 8_000_000;
const MAX_ASSET_COUNT = 200;

/**
 * Reads a character card: V1, V2 or V3 as JSON, in a PNG or APNG, or in a CHARX archive.
 * @throws AppError `file_invalid`, `payload_too_large`
 */
export async function readCardFile(bytes: Uint8Array): Promise<CardFile> {
  if (isPng(bytes)) return fromPng(bytes);
  if (isZip(bytes) || imageTypeOf(bytes) === "image/jpeg") return fromArchive(bytes);
  return { ...cardOf(bytes), assets: [], main: null };
}

/** `ccv3` before `chara`, as V3 asks; JSON in Base64, as both do. */
function fromPng(bytes: Uint8Array): CardFile {
  const texts = pngTexts(bytes);
  const text = texts.get("ccv3") ?? texts.get("chara");
  if (text === undefined) throw badFile("There is no character card in this picture.");
  const picture = withoutTexts(bytes);
  const main: CardAsset = { path: null, mediaType: "image/png", bytes: picture };
  const { json, warnings } = cardOf(Buffer.from(text, "base64"));
  const embedded = [...texts].flatMap(([keyword, data]): CardAsset[] => {
    const path = /^chara-ext-asset_:(.+)$/.exec(keyword)?.[1];
    if (!path || /(^|[\\/])\.\.([\\/]|$)/.test(path)) return [];
    const asset = new Uint8Array(Buffer.from(data, "base64"));
    return [{ path, mediaType: imageTypeOf(asset), bytes: asset }];
  });
  return within({ json, warnings, main, assets: [main, ...embedded] });
}

async function fromArchive(bytes: Uint8Array): Promise<CardFile> {
  const source = sourceOf(bytes);
  const entries = await entriesOf(source);
  const card = entries.find(({ name }) => name === "card.json");
  if (!card) throw badFile("There is no card.json in this archive.");
  const { json, warnings } = cardOf(await readEntry(source, card, MAX_CARD_JSON));
  const others = entries.filter((entry) => entry !== card);
  const assets = await assetsOf(source, others, warnings);
  const icon = mainIcon(json);
  return {
    json,
    warnings,
    assets,
    main: assets.find(({ path, mediaType }) => path === icon && mediaType) ?? null,
  };
}

async function assetsOf(source: Source, entries: Entry[], warnings: Warning[]): Promise<CardAsset[]> {
  const assets: CardAsset[] = [];
  let room = MAX_ASSETS;
  for (const entry of entries) {
    if (entry.size > room || assets.length === MAX_ASSET_COUNT) {
      warnings.push({
        code: "left_out",
        detail: `${entry.name} was not kept: a card may have files of 8 MB in all.`,
      });
      continue;
    }
    const bytes = await readEntry(source, entry, room);
    room -= bytes.length;
    assets.push({ path: entry.name, mediaType: imageTypeOf(bytes), bytes });
  }
  return assets;
}

/** Leaves out what is more than a card's files may take; the picture itself has to fit. */
function within(file: CardFile): CardFile {
  const { main, assets, warnings } = file;
  if (main && main.bytes.length > MAX_ASSETS) throw tooLarge("The picture", MAX_ASSETS);
  let room = MAX_ASSETS;
  const kept = assets
    .filter(({ bytes }) => bytes.length <= room && ((room -= bytes.length), true))
    .slice(0, MAX_ASSET_COUNT);
  for (const { path } of assets.filter((asset) => !kept.includes(asset)))
    warnings.push({
      code: "left_out",
      detail: `${path} was not kept: a card may have files of 8 MB in all.`,
    });
  return { ...file, assets: kept };
}

/** The path of the picture that stands for the persona, if the archive has it. V3 writes `embeded`. */
function mainIcon(json: string): string | null {
  const { assets } = fieldsOf(fieldsOf(JSON.parse(json)).data);
  const icons = (Array.isArray(assets) ? assets : []).map(fieldsOf).filter(({ type }) => type === "icon");
  const main = icons.find(({ name }) => name === "main") ?? icons[0];
  return /^embedd?ed:\/\/(.+)$/.exec(textOf(main?.uri))?.[1] ?? null;
}

/** @throws AppError `file_invalid`, `payload_too_large` */
function cardOf(bytes: Uint8Array): { json: string; warnings: Warning[] } {
  if (bytes.length > MAX_CARD_JSON) throw tooLarge("This card", MAX_CARD_JSON);
  const text = utf8(bytes).trim();
  const card = parsed(text, "This card");
  const fields = fieldsOf(card);
  if (Object.keys(fields).length === 0) throw badFile("This is no character card.");
  const json = typeof fields.data === "object" && fields.data !== null ? text : asData(text, fields);
  const data = fieldsOf(fieldsOf(JSON.parse(json)).data);
  if (textOf(data.name).trim() === "") throw badFile("This card has no name.");
  return { json, warnings: newerVersion(fields.spec_version) };
}

/** The six fields of V1 stand by themselves. */
const V1 = ["description", "personality", "scenario", "first_mes", "mes_example"];

function asData(text: string, fields: Record<string, unknown>): string {
  if (!V1.some((field) => typeof fields[field] === "string")) throw badFile("This is no character card.");
  return `{"spec":"chara_card_v3","spec_version":"3.0","data":${text}}`;
}

function newerVersion(version: unknown): Warning[] {
  if (!(Number.parseFloat(textOf(version)) > 3)) return [];
  return [
    {
      code: "newer_version",
      detail: "This card is of a newer version: what is new in it is kept and not used.",
    },
  ];
}

/** What a card of V3 must have and one of V1 or V2 may lack. */
const REQUIRED: Record<string, unknown> = {
  description: "",
  personality: "",
  scenario: "",
  first_mes: "",
  mes_example: "",
  creator_notes: "",
  system_prompt: "",
  post_history_instructions: "",
  alternate_greetings: [],
  group_only_greetings: [],
  tags: [],
  creator: "",
  character_version: "",
  extensions: {},
};

/** A stored card as one of this version that lacks nothing: `spec` says which it is, all else is as it was. */
export function asVersion(json: string, version: 2 | 3): string {
  const lacking = Object.entries(REQUIRED).filter(
    ([field]) =>
      memberText(json, `data.${field}`) === null && (version === 3 || field !== "group_only_greetings"),
  );
  return withMembers(json, {
    spec: `chara_card_v${version}`,
    spec_version: `${version}.0`,
    ...Object.fromEntries(lacking.map(([field, value]) => [`data.${field}`, value])),
  });
}
