import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import type { ComponentChildren, VNode } from "preact";

import { CodeBlock } from "./parts/code-block";

/**
 * A text as blocks, so that of a text that grows only the end is read again. Blocks are drawn as elements, never as markup:
 * HTML in a message is text like any other, and no parser of HTML ever sees it.
 */
export type Blocks = {
  text: string;
  tokens: Token[];
  /** So many of the tokens stay as they are, whatever follows; the rest begin at this place of the text. */
  settled: number;
  at: number;
};

/** How many blocks at the end may still change by what follows: a list goes on after a blank line. */
const OPEN = 2;

/** The blocks of a text, of which `before` may be a beginning. `open`: more is to come. */
export function blocksOf(raw: string, before: Blocks | null = null, open = false): Blocks {
  const text = raw.replaceAll("\r\n", "\n");
  const known = open && before && text.startsWith(before.text.slice(0, before.at)) ? before : null;
  const at = known?.at ?? 0;
  const tail = text.slice(at);
  const kept = known?.tokens.slice(0, known.settled) ?? [];
  const fresh = lexer(open ? mend(tail) : tail, { gfm: true, breaks: true });
  const closed = open ? closedOf(fresh) : [];
  return {
    text,
    tokens: [...kept, ...fresh],
    settled: kept.length + closed.length,
    at: closed.reduce((place, { raw }) => place + raw.length, at),
  };
}

function closedOf(tokens: Token[]): Token[] {
  let blocks = 0;
  const first = tokens.findLastIndex(({ type }) => type !== "space" && ++blocks === OPEN);
  return tokens.slice(0, Math.max(0, first));
}

/** Closes at the end what is open there, so that emphasis does not appear as asterisks until its last one has come. */
function mend(tail: string): string {
  if ((tail.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1) return tail;
  const paragraph = tail.slice(tail.lastIndexOf("\n\n") + 1);
  const plain = paragraph.replace(/`[^`\n]*`/g, "").replace(/^\s*[*+-] /gm, "");
  if (plain.includes("`")) return tail.endsWith("`") ? tail.slice(0, -1) : `${tail}\``;
  const bare = plain.replace(/\*+$/, "");
  const text = tail.replace(/\*+$/, "");
  const strong = (bare.match(/\*\*/g)?.length ?? 0) % 2 === 1;
  const emphasis = (bare.replaceAll("**", "").match(/\*/g)?.length ?? 0) % 2 === 1;
  if (!strong && !emphasis) return plain === bare ? tail : text;
  return `${text.trimEnd()}${emphasis ? "*" : ""}${strong ? "**" : ""}`;
}

const drawn = new WeakMap<Token, VNode>();

/** A block that has not changed is the same element as before, which Preact leaves alone. */
function Block(token: Token): VNode {
  const known = drawn.get(token);
  if (known) return known;
  const block = <>{draw(token as MarkedToken)}</>;
  drawn.set(token, block);
  return block;
}

export const Markdown = ({ blocks, writing = false }: { blocks: Blocks; writing?: boolean }) => (
  <div class={writing ? "md writing" : "md"}>{blocks.tokens.map(Block)}</div>
);

const drawAll = (tokens: Token[] | undefined): ComponentChildren =>
  tokens?.map((token) => draw(token as MarkedToken));

function draw(token: MarkedToken): ComponentChildren {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "paragraph":
      return <p>{drawAll(token.tokens)}</p>;
    case "heading":
      return <p class={`h h${token.depth}`}>{drawAll(token.tokens)}</p>;
    case "code":
      return <CodeBlock text={token.text} language={token.lang} />;
    case "blockquote":
      return <blockquote>{drawAll(token.tokens)}</blockquote>;
    case "list":
      return <List token={token} />;
    case "table":
      return <Table token={token} />;
    case "hr":
      return <hr />;
    case "strong":
      return <strong>{drawAll(token.tokens)}</strong>;
    case "em":
      return <em>{drawAll(token.tokens)}</em>;
    case "del":
      return <del>{drawAll(token.tokens)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <Link href={token.href}>{drawAll(token.tokens)}</Link>;
    case "image":
      return <Link href={token.href}>{token.text || token.href}</Link>;
    case "html":
      return /^<br\s*\/?>$/i.test(token.raw.trim()) ? <br /> : token.raw;
    case "text":
      return "tokens" in token && token.tokens ? drawAll(token.tokens) : decode(token.text);
    case "escape":
      return decode(token.text);
    default:
      return token.raw;
  }
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole);

function List({ token: { ordered, start, items } }: { token: Tokens.List }) {
  const rows = items.map((item) => (
    <li class={item.task ? "task" : undefined}>
      {item.task && <span aria-hidden="true">{item.checked ? "☑ " : "☐ "}</span>}
      {drawAll(item.tokens.filter(({ type }) => type !== "checkbox"))}
    </li>
  ));
  return ordered ? <ol start={Number(start) || 1}>{rows}</ol> : <ul>{rows}</ul>;
}

function Table({ token: { header, rows } }: { token: Tokens.Table }) {
  const cell = ({ tokens, align }: Tokens.TableCell, Tag: "th" | "td") => (
    <Tag style={align ? { textAlign: align } : undefined}>{drawAll(tokens)}</Tag>
  );
  return (
    <div class="table" tabIndex={0}>
      <table>
        <thead>
          <tr>{header.map((one) => cell(one, "th"))}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>{row.map((one) => cell(one, "td"))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Leads only to the web and to mail; anything else is its text. */
function Link({ href, children }: { href: string; children: ComponentChildren }) {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return <>{children}</>;
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
