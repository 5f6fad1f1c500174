import type { LateStrings } from "./late-en";
import { memoryDe } from "./memory-de";
import { objectingDe } from "./objecting-de";
import { owningDe } from "./owning-de";

export const lateDe: LateStrings = { ...owningDe, ...objectingDe, ...memoryDe };
