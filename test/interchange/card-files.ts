import { crc32, deflateSync } from "node:zlib";

import { plainPng, withTexts } from "../../src/interchange/png";
import { zipWriter } from "../../src/interchange/zip";

/** A card with every field of the specification of V3, and some that nobody knows. Written for these tests. */
export const V3 = {
  spec: "chara_card_v3",
  spec_version: "3.0",
  data: {
    name: "Odile",
    description: "{{char}} keeps a lighthouse. She likes {{user}}.",
    tags: ["sea", "Calm"],
    creator: "somebody",
    character_version: "1.2",
    mes_example: "<START>\n{{user}}: Hi\n{{char}}: Mind the step.",
    extensions: { depth_prompt: { prompt: "wind", depth: 4 }, "nobody/knows": [1, { x: null }] },
    system_prompt: "{{original}} Write like a ship's log.",
    post_history_instructions: "End with the weather.",
    first_mes: "Mind the step, {{user}}.",
    alternate_greetings: ["*waves*", "You again, <USER>."],
    personality: "dry",
    scenario: "A lighthouse in {{random:fog}}.",
    creator_notes: "For long evenings.",
    character_book: {
      name: "Rock",
      scan_depth: 3,
      token_budget: 400,
      recursive_scanning: true,
      extensions: {},
      entries: [
        {
          keys: ["lamp"],
          content: "@@depth 4\nThe lamp burns whale oil.",
          extensions: {},
          enabled: true,
          insertion_order: 10,
          use_regex: false,
        },
      ],
    },
    assets: [
      { type: "icon", uri: "ccdefault:", name: "main", ext: "png" },
      { type: "emotion", uri: "https://example.com/sad.png", name: "sad", ext: "png" },
    ],
    nickname: "Odi",
    creator_notes_multilingual: { de: "Für lange Abende." },
    source: ["https://example.com/odile"],
    group_only_greetings: ["All aboard."],
    creation_date: 1700000000,
    modification_date: 1700000001,
    something_new: { kept: true },
  },
};

/** Of the shape that SillyTavern writes: V2 with the fields of V1 beside it, and more. */
export const V2 = {
  name: "Mara",
  description: "A captain.",
  personality: "brave",
  scenario: "",
  first_mes: "Ahoy.",
  mes_example: "",
  creatorcomment: "",
  avatar: "none",
  chat: "Mara - 2024-5-1 @12h 30m 05s 123ms",
  talkativeness: "0.5",
  fav: false,
  tags: [],
  spec: "chara_card_v2",
  spec_version: "2.0",
  data: {
    name: "Mara",
    description: "A captain.",
    personality: "brave",
    scenario: "",
    first_mes: "Ahoy.",
    mes_example: "",
    creator_notes: "",
    system_prompt: "",
    post_history_instructions: "",
    tags: [],
    creator: "",
    character_version: "",
    alternate_greetings: [],
    extensions: {
      talkativeness: "0.5",
      fav: false,
      world: "",
      depth_prompt: { prompt: "", depth: 4, role: "system" },
    },
  },
  create_date: "2024-5-1 @12h 30m 05s 123ms",
};

export const V1 = {
  name: "Tom",
  description: "A cat.",
  personality: "sleepy",
  scenario: "A sofa.",
  first_mes: "Meow.",
  mes_example: "",
};

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");

export const pngWith = (texts: Record<string, unknown>) =>
  withTexts(
    plainPng([10, 20, 30], 8, 8),
    Object.fromEntries(Object.entries(texts).map(([keyword, value]) => [keyword, base64(value)])),
  );

export function zipOf(files: Record<string, Uint8Array | string>): Uint8Array {
  const zip = zipWriter();
  const parts = Object.entries(files).map(([name, bytes]) =>
    zip.add(name, typeof bytes === "string" ? Buffer.from(bytes) : bytes),
  );
  return Buffer.concat([...parts, zip.end()]);
}

/** A zip whose one entry becomes so many bytes of zeros. */
export function bombOf(name: string, size: number): Uint8Array {
  const zip = zipWriter((bytes) => deflateSync(bytes).subarray(2, -4));
  return Buffer.concat([zip.add(name, new Uint8Array(size)), zip.end()]);
}

/** A chunk whose length says more than there is. */
export function lyingPng(): Uint8Array {
  const data = Buffer.from(`chara\0${base64(V1)}`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(0x7fffffff);
  const named = Buffer.concat([Buffer.from("tEXt"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([plainPng([0, 0, 0], 1, 1).subarray(0, 33), length, named, sum]);
}
