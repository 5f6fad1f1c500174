import { runnerImport } from "vite";

import type * as Bm25 from "../../../src/memory/bm25";
import type * as Cells from "../../../src/memory/cells";
import type * as Index from "../../../src/memory/index";
import type * as Message from "../../../src/memory/message";
import type * as Memory from "../../../src/memory/memory";
import type * as Features from "../../../src/memory/features";
import type * as Terms from "../../../src/memory/terms";
import type * as Recalling from "../../../src/memory/recall";
import type * as Vault from "../../../src/db/vault";
import type * as Tokens from "../../../src/prompt/tokens";
import type * as Remembering from "../../../src/prompt/remembering";

const load = async <T>(path: string) => (await runnerImport<T>(path, { configFile: false })).module;
export const { openIndex } = await load<typeof Index>("./src/memory/index.ts");
export const { digest } = await load<typeof Message>("./src/memory/message.ts");
export const { choose } = await load<typeof Recalling>("./src/memory/recall.ts");
export const { featuresOf, FEATURES, SLOPES } = await load<typeof Features>("./src/memory/features.ts");
export const { termsOf } = await load<typeof Terms>("./src/memory/terms.ts");
export const { scoreMessages } = await load<typeof Bm25>("./src/memory/bm25.ts");
export const { openMemory } = await load<typeof Memory>("./src/memory/memory.ts");
export const { openCells } = await load<typeof Cells>("./src/memory/cells.ts");
export const { openVault } = await load<typeof Vault>("./src/db/vault.ts");
export const { estimateTokens } = await load<typeof Tokens>("./src/prompt/tokens.ts");
export const { promptWith } = await load<typeof Remembering>("./src/prompt/remembering.ts");
