import type { LateStrings } from "./late-en";
import { objectingDe } from "./objecting-de";
import { owningDe } from "./owning-de";
import { saidDe } from "./said-de";

export const lateDe: LateStrings = { ...owningDe, ...objectingDe, ...saidDe };
