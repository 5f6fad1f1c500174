/*
 * JSON that is changed as text: what is not meant stays as it was, byte for byte, whatever numbers, escapes and doubled names
 * are in it. The text must be JSON that `JSON.parse` takes.
 */

/** A member of an object: its name, and where its value stands. */
type Member = { name: string; start: number; end: number };

/** Sets members of an object by their paths: `{"data.name": "Sam"}`. What is missing on the way is made. */
export function withMembers(text: string, members: Record<string, unknown>): string {
  return Object.entries(members).reduce(
    (changed, [path, value]) => setMember(changed, path.split("."), JSON.stringify(value)),
    text,
  );
}

/** The text of a member's value as it stands there, or null where there is none. */
export function memberText(text: string, path: string): string | null {
  let part = text;
  for (const name of path.split(".")) {
    const member = part.trimStart().startsWith("{") ? lastMember(part, name) : undefined;
    if (!member) return null;
    part = part.slice(member.start, member.end);
  }
  return part;
}

function setMember(text: string, [name = "", ...rest]: string[], value: string): string {
  const known = lastMember(text, name);
  const before = known && text.slice(known.start, known.end);
  const inner = before?.startsWith("{") ? before : "{}";
  const fresh = rest.length > 0 ? setMember(inner, rest, value) : value;
  if (known) return text.slice(0, known.start) + fresh + text.slice(known.end);
  const close = text.lastIndexOf("}");
  const body = text.slice(0, close).trimEnd();
  return `${body}${body.endsWith("{") ? "" : ","}${JSON.stringify(name)}:${fresh}${text.slice(close)}`;
}

/** Of members with the same name the last one counts, as for `JSON.parse`. */
const lastMember = (text: string, name: string) => membersOf(text).findLast((it) => it.name === name);

function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let at = blanks(text, text.indexOf("{") + 1);
  while (text[at] === '"') {
    const end = stringEnd(text, at);
    const name = JSON.parse(text.slice(at, end)) as string;
    const start = blanks(text, blanks(text, end) + 1);
    const valueEnd = skipValue(text, start);
    members.push({ name, start, end: valueEnd });
    at = blanks(text, blanks(text, valueEnd) + 1);
  }
  return members;
}

/** The place after a value that begins here. */
function skipValue(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  let [at, depth] = [start, 0];
  for (; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = stringEnd(text, at) - 1;
    else if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") {
      if (depth === 0) break;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (sign === "," || isBlank(sign))) break;
  }
  return at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

const isBlank = (sign: string | undefined) => sign === " " || sign === "\n" || sign === "\r" || sign === "\t";

function blanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}
