import { turnDialect } from "./turn-stream";

/** Every dialect, by the name under which a route asks for it. */
export const DIALECTS = { turn: turnDialect } as const;

export type DialectName = keyof typeof DIALECTS;
