/** A life as it is written down: what was said by hand, what is asked of it, and what small talk may mention. */
export type Life = {
  language: Language;
  user: string;
  persona: string;
  people: string[];
  places: string[];
  doing: string[];
  things: string[];
  /** Sessions (`== date`) of lines: `u` user or `a` persona, the number by which questions name the line, and the text. */
  said: string;
  /** Lines: the letter of the kind, the numbers of the evidence, and the question. */
  asked: string;
};
export type Language = "en" | "de" | "zh" | "ja";

export const KINDS = { s: "single", m: "several", d: "date", n: "update", l: "list" } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

export type Role = "user" | "assistant";
/** A line by hand; its number where a question names it. */
export type Line = { role: Role; content: string; number: number | null };
export type Session = { date: string; lines: Line[] };
export type Asked = { kind: Kind; question: string; numbers: number[] };

/** Throws on a line that is not of the form: a slip must not quietly leave evidence out. */
export function sessionsOf({ said }: Life): Session[] {
  const sessions: Session[] = [];
  for (const line of linesOf(said)) {
    const date = /^== (\d{4}-\d{2}-\d{2})$/.exec(line)?.[1];
    if (date) sessions.push({ date, lines: [] });
    else sessions.at(-1)?.lines.push(lineOf(line));
  }
  return sessions;
}

function lineOf(line: string): Line {
  const [, speaker, number, content] = /^([ua])(\d*) (.+)$/.exec(line) ?? [];
  if (!content) throw new Error(`Not a line of a session: ${line}`);
  return { role: speaker === "u" ? "user" : "assistant", content, number: number ? Number(number) : null };
}

export const askedOf = ({ asked }: Life): Asked[] =>
  linesOf(asked).map((line) => {
    const [, letter, numbers, question] = /^([smdnl]) ([\d,]+) (.+)$/.exec(line) ?? [];
    if (!letter || !numbers || !question) throw new Error(`Not a question: ${line}`);
    return { kind: KINDS[letter as keyof typeof KINDS], question, numbers: numbers.split(",").map(Number) };
  });

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");
