import { fieldsOf, textOf, textsOf } from "../personas/card";
import { cleaned, titled, type Chat } from "./conversation";
import { badFile } from "./file-error";
import { grownTree, timeOf, type Node } from "./grown-tree";

type Fields = Record<string, unknown>;

/** A line of a chat, or the line before the first, of which there are several kinds. */
export const isSillyTavern = (value: Fields) =>
  typeof value.mes === "string" ||
  "chat_metadata" in value ||
  ("user_name" in value && "character_name" in value);

/**
 * A chat of SillyTavern: swipes are variants, and what follows follows the one that was chosen.
 * @throws AppError `file_invalid`
 */
export function fromSillyTavern(lines: Fields[]): Chat {
  const header = lines[0] && typeof lines[0].mes !== "string" ? lines[0] : {};
  const said = lines.filter(({ mes }) => typeof mes === "string");
  const began =
    dateOf(header.create_date) ??
    said.map(({ send_date }) => dateOf(send_date)).find((it) => it !== null) ??
    Date.now();
  const raw: unknown[] = header === lines[0] ? [header] : [];
  let last: string | null = null;
  const nodes: Node[] = [];
  for (const [index, line] of said.entries()) {
    const variants = variantsOf(line, String(index), last);
    if (line.is_system === true || variants.every(({ message }) => message?.content === "")) {
      raw.push(line);
      continue;
    }
    nodes.push(...variants.filter(({ message }) => message?.content !== ""));
    last = variants.find(({ id }) => id === `${index}/${chosenOf(line)}`)?.id ?? variants[0]?.id ?? last;
  }
  const { messages, head } = grownTree(nodes, began, last);
  if (messages.length === 0) throw badFile("Nothing is said in it.");
  const name = [header.character_name, said.find(({ is_user }) => is_user !== true)?.name]
    .map(textOf)
    .find((it) => it && it !== "unused");
  return {
    source: "sillytavern",
    title: titled(fieldsOf(header.chat_metadata).title ?? (name ? `Chat with ${name}` : ""), messages),
    persona: cleaned(name ?? "") || "SillyTavern",
    isActive: true,
    createdAt: new Date(began),
    updatedAt: new Date(Math.max(...messages.map(({ createdAt }) => createdAt.getTime()).slice(-50))),
    messages,
    head,
    raw,
  };
}

const chosenOf = ({ swipe_id: id, swipes }: Fields) =>
  typeof id === "number" && id >= 0 && id < textsOf(swipes).length ? id : 0;

function variantsOf(line: Fields, id: string, parent: string | null): Node[] {
  const swipes = textsOf(line.swipes);
  const texts = swipes.length > 0 ? swipes.with(chosenOf(line), textOf(line.mes)) : [textOf(line.mes)];
  const infos = Array.isArray(line.swipe_info) ? line.swipe_info.map(fieldsOf) : [];
  return texts.map((text, n) => ({
    id: `${id}/${n}`,
    parent,
    message: {
      role: line.is_user === true ? ("user" as const) : ("assistant" as const),
      content: cleaned(text),
      time: dateOf(infos[n]?.send_date) ?? dateOf(line.send_date),
      model: textOf(fieldsOf(infos[n]?.extra ?? line.extra).model) || null,
    },
  }));
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A date in any of the forms that SillyTavern has written: `2024-5-1 @12h 30m 05s 123ms`, `May 1, 2024 12:30pm`, ISO 8601 or
 * milliseconds. Without a time zone it is taken for UTC. Milliseconds since 1970.
 */
export function dateOf(value: unknown): number | null {
  if (typeof value !== "string") return timeOf(value);
  const human =
    /^(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m(?: ?(\d{1,2})s)?(?: ?(\d{1,3})ms)?/.exec(value);
  if (human) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = human
      .slice(1)
      .map((it) => Number(it ?? 0));
    return Date.UTC(year, month - 1, day, hour, minute, second, ms);
  }
  const spoken = /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) ?([ap])m$/i.exec(value.trim());
  if (!spoken) return timeOf(value);
  const [, name = "", day, year, hour, minute, half = ""] = spoken;
  const month = MONTHS.indexOf(name.toLowerCase());
  if (month < 0) return null;
  return Date.UTC(
    Number(year),
    month,
    Number(day),
    (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0),
    Number(minute),
  );
}
