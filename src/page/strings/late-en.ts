import { objectingEn } from "./objecting-en";
import { owningEn } from "./owning-en";

/** The words of rooms and dialogs that are loaded when they are first shown. */
export const lateEn = { ...owningEn, ...objectingEn };

export type LateStrings = typeof lateEn;
