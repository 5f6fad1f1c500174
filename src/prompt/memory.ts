import type { RecallAnswer } from "../memory/answer";
import { factsText, newsText, recalledText } from "../memory/section";
import type { PromptMessage } from "../models/language-model";
import type { Section } from "./section";

/** What is remembered in a prompt: nothing before it was asked for, or where it came too late. */
export type Remembered = {
  /** The room that is kept for it, whether it fills it or not: where the history begins must not depend on it. Tokens. */
  room: number;
  recalled: Pick<RecallAnswer, "items" | "facts"> | null;
  isLate: boolean;
};

/** What is known of the user, as long as the window begins where it does. Its room is kept by `memorySection`. */
export const factsSection = ({ recalled }: Remembered): Section => ({
  name: "facts",
  whole: true,
  fit: () => {
    const facts = recalled?.facts.early ?? [];
    return { reserves: 0, ...(facts.length > 0 && { system: factsText(facts) }) };
  },
});

/** What was said before and may be wanted now, just before the message: it changes with every turn. */
export const memorySection = ({ room, recalled, isLate }: Remembered): Section => ({
  name: "memory",
  whole: true,
  fit: () => {
    const { items = [], facts = { late: [] } } = recalled ?? {};
    const texts = [
      ...(facts.late.length > 0 ? [newsText(facts.late)] : []),
      ...(items.length > 0 ? [recalledText(items)] : []),
    ];
    const near = items.filter(({ isNear }) => isNear);
    const [first, last] = [near[0], near.at(-1)];
    return {
      reserves: room,
      ids: items.map(({ id }) => id),
      ...(first && last && { near: near.length, said: [first.at, last.at] }),
      ...(isLate && { leftOut: [{ reason: "memory_late" as const, count: 1 }] }),
      ...(texts.length > 0 && { recalled: texts.join("\n\n"), earlier: items.map(toMessage) }),
    };
  },
});

const toMessage = ({ role, body }: RecallAnswer["items"][number]): PromptMessage => ({ role, content: body });
