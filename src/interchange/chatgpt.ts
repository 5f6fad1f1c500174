import { fieldsOf, textOf } from "../personas/card";
import { cleaned, titled, type Chat } from "./conversation";
import { badFile } from "./file-error";
import { grownTree, timeOf, type Node } from "./grown-tree";

type Fields = Record<string, unknown>;

export const isChatGpt = (value: Fields) => typeof value.mapping === "object" && value.mapping !== null;

/**
 * A conversation of ChatGPT's export: branches by its `mapping`; what is hidden, of the system or of tools is left out.
 * @throws AppError `file_invalid`
 */
export function fromChatGpt(value: Fields): Chat {
  const began = timeOf(value.create_time) ?? timeOf(value.update_time) ?? Date.now();
  const raw: unknown[] = [];
  const entries = Object.entries(fieldsOf(value.mapping));
  const nodes = ordered(
    entries.map(([id, node]) => nodeOf(id, fieldsOf(node), raw)),
    value,
  );
  const { messages, head } = grownTree(nodes, began, textOf(value.current_node) || null);
  if (messages.length === 0) throw badFile("Nothing is said in it.");
  return {
    source: "chatgpt",
    title: titled(value.title, messages),
    persona: "ChatGPT",
    isActive: value.is_archived !== true,
    createdAt: new Date(began),
    updatedAt: new Date(timeOf(value.update_time) ?? began),
    messages,
    head,
    raw,
  };
}

/** Siblings in the order in which their parent names them. */
function ordered(nodes: Node[], { mapping }: Fields): Node[] {
  const places = new Map<string, number>();
  for (const node of Object.values(fieldsOf(mapping))) {
    const { children } = fieldsOf(node);
    if (Array.isArray(children))
      for (const [place, child] of children.entries()) places.set(String(child), place);
  }
  return nodes.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

function nodeOf(id: string, node: Fields, raw: unknown[]): Node {
  const parent = textOf(node.parent) || null;
  const message = fieldsOf(node.message);
  const { role } = fieldsOf(message.author);
  const content = contentOf(fieldsOf(message.content));
  const isShown =
    (role === "user" || role === "assistant") &&
    fieldsOf(message.metadata).is_visually_hidden_from_conversation !== true &&
    (message.recipient === undefined || message.recipient === null || message.recipient === "all") &&
    content !== "";
  if (!isShown) {
    if (node.message) raw.push(node);
    return { id, parent, message: null };
  }
  const model = textOf(fieldsOf(message.metadata).model_slug) || null;
  return { id, parent, message: { role, content, time: timeOf(message.create_time), model } };
}

function contentOf(content: Fields): string {
  const { content_type: type, parts, text, language } = content;
  if (type === "code")
    return cleaned(`\`\`\`${textOf(language).replace("unknown", "")}\n${textOf(text)}\n\`\`\``);
  if ((type !== "text" && type !== "multimodal_text") || !Array.isArray(parts)) return "";
  return cleaned(parts.map(partOf).filter(Boolean).join("\n\n"));
}

/** A picture or a sound is not in the file that is read: its place is kept. */
function partOf(part: unknown): string {
  if (typeof part === "string") return part;
  const { content_type: type, text } = fieldsOf(part);
  if (typeof text === "string") return text;
  return typeof type === "string" ? `[${type.replace(/_asset_pointer$/, "").replaceAll("_", " ")}]` : "";
}
