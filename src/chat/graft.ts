import { MAX_MESSAGES } from "../db/messages";
import type { Conversation } from "../db/schema";
import { AppError } from "../errors";
import { addAt, assertRoomFor } from "./changes";
import type { Begin, Call } from "./commands";
import type { TurnInputs } from "./inputs";
import type { Owners } from "./owners";
import { contentAfter, walk } from "./path";

/** What goes on where the conversation stands, as most does that clients show, is a message like any other. */
export function shortened({ state }: Owners, command: Begin): Begin {
  if (command.type === "follow") {
    const { messageId, ...others } = command;
    return messageId === state.current?.headMessageId ? { ...others, type: "send" } : command;
  }
  if (command.type !== "walk") return command;
  const { path, ...others } = command;
  const content = contentAfter(path, state.heldWindow());
  return content === null ? command : { ...others, type: "send", content };
}

/**
 * Writes what a client shows and the tree lacks, but for the last message, which the turn writes. Returns the conversation as
 * it then is; what was read of it has grown as well.
 * @throws AppError `conversation_full`, `storage_full`
 */
export async function grown(
  owners: Owners,
  call: Call,
  command: Begin,
  inputs: TurnInputs,
  state: Conversation,
): Promise<Conversation> {
  if (command.type !== "walk") return state;
  const { path } = command;
  const tree = (inputs.branch ??= []);
  const { known, missing } = walk(path, tree);
  if (missing.length < 2) return state;
  const drafts = missing.slice(0, -1);
  if (state.messageSeq + missing.length + 1 > MAX_MESSAGES) throw new AppError("conversation_full");
  await assertRoomFor(owners, call, drafts);
  const last = known.at(-1);
  const place = { after: last?.id ?? null, depth: last ? last.depth + 1 : 0 };
  const { row, messages } = await addAt(owners, state, place, drafts);
  tree.push(...messages);
  return row;
}
