import type { PromptMessage } from "../models/language-model";
import type { CountTokens, Section } from "./section";
import { readable } from "./tokens";

/**
 * A history that the client has brought along: the newest messages that fit, whole, and the last one in any case. What came of
 * a function's calls stays with the message that made them, since a model refuses one without the other.
 */
export const givenSection = (messages: PromptMessage[]): Section => ({
  name: "given",
  whole: false,
  fit(room, count) {
    const groups = grouped(messages);
    const chosen = groups.slice(Math.min(newestWithin(groups, room, count), groups.length - 1)).flat();
    const left = messages.length - chosen.length;
    return { messages: chosen, leftOut: left > 0 ? [{ reason: "budget", count: left }] : [] };
  },
});

/** Messages that are in together or not at all. */
function grouped(messages: PromptMessage[]): PromptMessage[][] {
  const groups: PromptMessage[][] = [];
  for (const message of messages) {
    if (message.role === "tool" && groups.length > 0) groups.at(-1)?.push(message);
    else groups.push([message]);
  }
  return groups;
}

const newestWithin = (groups: PromptMessage[][], room: number, count: CountTokens) =>
  groups.findLastIndex((group) => (room -= group.reduce((sum, it) => sum + count(readable(it)), 0)) < 0) + 1;
