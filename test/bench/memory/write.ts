/** Writes the set as JSON, one file a conversation: `node test/bench/memory/write.ts [folder]`. */
import { mkdirSync, writeFileSync } from "node:fs";

import { conversations, HANDWRITTEN } from "./conversations.ts";

const folder = process.argv[2] ?? import.meta.dirname;
const all = conversations();
for (const { name, half, ...conversation } of all) {
  mkdirSync(`${folder}/${half}`, { recursive: true });
  writeFileSync(`${folder}/${half}/${name}.json`, `${JSON.stringify(conversation, null, 1)}\n`);
}
console.log(`${all.length} conversations, ${HANDWRITTEN} of their messages by hand`);
