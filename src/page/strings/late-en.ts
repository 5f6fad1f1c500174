import { memoryEn } from "./memory-en";
import { objectingEn } from "./objecting-en";
import { owningEn } from "./owning-en";
import { saidEn } from "./said-en";

/** The words of rooms and dialogs that are loaded when they are first shown. */
export const lateEn = { ...owningEn, ...objectingEn, ...saidEn, ...memoryEn };

export type LateStrings = typeof lateEn;
