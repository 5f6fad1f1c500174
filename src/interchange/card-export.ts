import { asVersion, type CardAsset } from "./card-file";
import { fieldsOf, textOf } from "../personas/card";
import { imageTypeOf } from "./images";
import { withMembers } from "./json-text";
import { plainPng, withTexts } from "./png";
import { zipWriter } from "./zip";

export const CARD_FORMATS = ["png", "json", "charx"] as const;
export type CardFormat = (typeof CARD_FORMATS)[number];
export const CARD_TYPES: Record<CardFormat, string> = {
  png: "image/png",
  json: "application/json",
  charx: "application/zip",
};

/** A persona's card as a file. `main`: its picture. */
export function cardFileOf(
  format: CardFormat,
  json: string,
  assets: CardAsset[],
  main: CardAsset | null,
): Uint8Array {
  const card = asVersion(json, 3);
  if (format === "json") return Buffer.from(card);
  return format === "png" ? inPng(card, assets, main) : inArchive(card, assets, main);
}

/** What Base64 makes of a text: both keywords, so that readers of V2 find a card as well. */
const base64 = (text: string) => Buffer.from(text).toString("base64");

const FOR_V2 =
  "This character card is Character Card V3, but it is loaded as a Character Card V2. Please use a Character Card V3 " +
  "compatible application to use this character card properly.";

function inPng(card: string, assets: CardAsset[], main: CardAsset | null): Uint8Array {
  const picture = main && imageTypeOf(main.bytes) === "image/png" ? main.bytes : plainPng([64, 72, 96]);
  const others = assets.filter((asset) => asset !== main && asset.path !== null);
  return withTexts(picture, {
    chara: base64(forV2(card)),
    ccv3: base64(card),
    ...Object.fromEntries(
      others.map(({ path, bytes }) => [`chara-ext-asset_:${path}`, Buffer.from(bytes).toString("base64")]),
    ),
  });
}

/** Where a card has what V2 does not know, its notes say so, as V3 asks. */
function forV2(card: string): string {
  const { assets, nickname, creator_notes: notes } = fieldsOf(fieldsOf(JSON.parse(card)).data);
  const told =
    assets !== undefined || nickname !== undefined
      ? { "data.creator_notes": `${FOR_V2}\n${textOf(notes)}` }
      : {};
  return withMembers(asVersion(card, 2), told);
}

const ICON = "assets/icon/images/main";

function inArchive(card: string, assets: CardAsset[], main: CardAsset | null): Uint8Array {
  const zip = zipWriter();
  const extension = main?.mediaType?.replace("image/", "").replace("jpeg", "jpg");
  const path = main?.path ?? (main && `${ICON}.${extension}`);
  const withIcon = main && main.path === null ? iconNamed(card, `${path}`, extension ?? "png") : card;
  return Buffer.concat([
    zip.add("card.json", Buffer.from(withIcon)),
    ...assets.map((asset) => zip.add(asset === main ? `${path}` : `${asset.path}`, asset.bytes)),
    zip.end(),
  ]);
}

/** A card that was in a picture says `ccdefault:` or nothing of it: in an archive it has a path. */
function iconNamed(card: string, path: string, ext: string): string {
  const { assets } = fieldsOf(fieldsOf(JSON.parse(card)).data);
  const known = Array.isArray(assets) ? assets : [];
  const others = known.filter((asset) => {
    const { type, name } = fieldsOf(asset);
    return type !== "icon" || name !== "main";
  });
  return withMembers(card, {
    "data.assets": [{ type: "icon", uri: `embeded://${path}`, name: "main", ext }, ...others],
  });
}

/** A name that any file system takes. */
export const fileNameOf = (name: string, extension: string) =>
  `${
    name
      .replace(/[^\p{L}\p{N} _-]+/gu, "_")
      .trim()
      .slice(0, 60) || "persona"
  }.${extension}`;
