import { fieldsOf, textOf, textsOf } from "../personas/card";
import { cleaned, titled, type Chat } from "./conversation";
import { badFile } from "./file-error";
import { grownTree, timeOf, type Node } from "./grown-tree";

type Fields = Record<string, unknown>;

const historyOf = (value: Fields) => fieldsOf(fieldsOf(value.chat ?? value).history);
export const isOpenWebUi = (value: Fields) => typeof historyOf(value).messages === "object";

/**
 * A chat of Open WebUI's export.
 * @throws AppError `file_invalid`
 */
export function fromOpenWebUi(value: Fields): Chat {
  const chat = fieldsOf(value.chat ?? value);
  const history = historyOf(value);
  const began = timeOf(value.created_at) ?? timeOf(chat.timestamp) ?? Date.now();
  const raw: unknown[] = [];
  const nodes = Object.entries(fieldsOf(history.messages)).map(([id, node]) =>
    nodeOf(id, fieldsOf(node), raw),
  );
  const { messages, head } = grownTree(nodes, began, textOf(history.currentId) || null);
  if (messages.length === 0) throw badFile("Nothing is said in it.");
  return {
    source: "open_webui",
    title: titled(value.title ?? chat.title, messages),
    persona: textsOf(chat.models)[0] ?? "Open WebUI",
    isActive: value.archived !== true,
    createdAt: new Date(began),
    updatedAt: new Date(timeOf(value.updated_at) ?? began),
    messages,
    head,
    raw,
  };
}

function nodeOf(id: string, node: Fields, raw: unknown[]): Node {
  const parent = textOf(node.parentId) || null;
  const content = cleaned(withoutDetails(textOf(node.content)));
  const { role } = node;
  if ((role !== "user" && role !== "assistant") || content === "") {
    raw.push(node);
    return { id, parent, message: null };
  }
  const model = textOf(node.model) || null;
  return { id, parent, message: { role, content, time: timeOf(node.timestamp), model } };
}

const OPENING = /<details type="(?:reasoning|tool_calls|code_interpreter)"/;
const CLOSING = "</details>";

/** Without what was thought or called, which is shown folded there. */
function withoutDetails(text: string): string {
  let [rest, kept] = [text, ""];
  for (let start = rest.search(OPENING); start >= 0; start = rest.search(OPENING)) {
    const end = rest.indexOf(CLOSING, start);
    if (end < 0) break;
    kept += rest.slice(0, start);
    rest = rest.slice(end + CLOSING.length);
  }
  return kept + rest;
}
