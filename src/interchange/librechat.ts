import { fieldsOf, textOf } from "../personas/card";
import { cleaned, titled, type Chat } from "./conversation";
import { badFile } from "./file-error";
import { grownTree, MAX_MESSAGES, timeOf, type Node } from "./grown-tree";

type Fields = Record<string, unknown>;

export const isLibreChat = (value: Fields) =>
  typeof value.conversationId === "string" &&
  (Array.isArray(value.messagesTree) || Array.isArray(value.messages));

/**
 * A conversation of LibreChat's export, as a tree or as a list.
 * @throws AppError `file_invalid`
 */
export function fromLibreChat(value: Fields): Chat {
  const raw: unknown[] = [];
  const list = flattened((value.messagesTree ?? value.messages) as unknown[], value.recursive === true);
  const first = list.map(({ fields }) => timeOf(fields.createdAt)).find((it) => it !== null) ?? Date.now();
  const nodes = list.map(({ fields, id, parent }) => nodeOf(fields, id, parent, raw));
  const { messages, head } = grownTree(nodes, first, null);
  const last = messages.at(-1);
  if (!last) throw badFile("Nothing is said in it.");
  return {
    source: "librechat",
    title: titled(value.title, messages),
    persona: textOf(fieldsOf(value.options).model) || textOf(value.endpoint) || "LibreChat",
    isActive: true,
    createdAt: new Date(first),
    updatedAt: last.createdAt,
    messages,
    head,
    raw,
  };
}

type Flat = { fields: Fields; id: string; parent: string | null };

/** A list without parents is one branch. */
function flattened(roots: unknown[], isTree: boolean): Flat[] {
  const flat: Flat[] = [];
  const open = roots.map((root) => ({ fields: fieldsOf(root), above: null as string | null })).toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    const { fields, above } = next;
    const id = textOf(fields.messageId) || `#${flat.length}`;
    const named = textOf(fields.parentMessageId);
    const parent = isTree ? above : named || (flat.at(-1)?.id ?? null);
    flat.push({ fields: { ...fields, children: undefined }, id, parent });
    if (flat.length > MAX_MESSAGES) throw badFile(`It has more than ${MAX_MESSAGES} messages.`);
    if (isTree && Array.isArray(fields.children))
      open.push(...fields.children.map((child) => ({ fields: fieldsOf(child), above: id })).toReversed());
  }
  return flat;
}

function nodeOf(fields: Fields, id: string, parent: string | null, raw: unknown[]): Node {
  const content = cleaned(textOf(fields.text) || partsOf(fields.content));
  if (content === "") {
    raw.push(fields);
    return { id, parent, message: null };
  }
  const role = fields.isCreatedByUser === true ? ("user" as const) : ("assistant" as const);
  const model = textOf(fields.model) || null;
  return { id, parent, message: { role, content, time: timeOf(fields.createdAt), model } };
}

/** Texts of a reply in parts; what was thought or called is left out. */
const partsOf = (content: unknown): string =>
  (Array.isArray(content) ? content : [])
    .map(fieldsOf)
    .filter(({ type }) => type === "text")
    .map(({ text }) => textOf(text) || textOf(fieldsOf(text).value))
    .join("\n\n");
