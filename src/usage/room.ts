import type { OwnAllowances } from "../db/allowances";
import type { ConfiguredRoom } from "../db/room";
import type { Config } from "../env";
import { AppError, type ErrorCode } from "../errors";

type RoomConfig = Pick<Config, "MAX_PERSONAS" | "MAX_CONVERSATIONS" | "MAX_STORED_BYTES">;

/** How much a user may have where nobody set it for them. */
export const configuredRoom = (config: RoomConfig): ConfiguredRoom => ({
  personas: config.MAX_PERSONAS,
  conversations: config.MAX_CONVERSATIONS,
  bytes: config.MAX_STORED_BYTES,
});

/** What a user has of each kind. */
export type Taken = { personas: number; conversations: number; storedBytes: number };

/** How much a user may have: their row's bounds where it says something, else the configured ones; 0 means any number. */
export const roomOf = (own: OwnAllowances, config: RoomConfig): Taken => ({
  personas: own.maxPersonas ?? config.MAX_PERSONAS,
  conversations: own.maxConversations ?? config.MAX_CONVERSATIONS,
  storedBytes: own.maxStoredBytes ?? config.MAX_STORED_BYTES,
});

const REFUSALS = {
  personas: "too_many_personas",
  conversations: "too_many_conversations",
} as const satisfies Record<string, ErrorCode>;

/** Why there was no room for one more: their number, or else the bytes. */
export function noRoomFor(kind: keyof typeof REFUSALS, taken: Taken, limits: Taken): AppError {
  if (limits[kind] === 0 || taken[kind] < limits[kind]) return storageFull(limits.storedBytes);
  return new AppError(REFUSALS[kind], {
    detail: `There are as many ${kind} as your account can have (${limits[kind]}). Please delete one first.`,
  });
}

export const storageFull = (limit: number) =>
  new AppError("storage_full", {
    detail: `There is no room for this in the ${limit} bytes that your account can hold. Please delete something first.`,
  });
