import type { LateStrings } from "./late-en";
import { memoryDe } from "./memory-de";
import { objectingDe } from "./objecting-de";
import { owningDe } from "./owning-de";
import { saidDe } from "./said-de";

export const lateDe: LateStrings = { ...owningDe, ...objectingDe, ...saidDe, ...memoryDe };
