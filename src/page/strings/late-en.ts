import { memoryEn } from "./memory-en";
import { objectingEn } from "./objecting-en";
import { owningEn } from "./owning-en";

/** The words of rooms and dialogs that are loaded when they are first shown. */
export const lateEn = { ...owningEn, ...objectingEn, ...memoryEn };

export type LateStrings = typeof lateEn;
