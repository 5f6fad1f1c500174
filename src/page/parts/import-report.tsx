import { useState } from "preact/hooks";

import { reportOf } from "../bringing";
import { list } from "../amounts";
import { toFailure, type Failure } from "../failure";
import { strings } from "../strings/all";
import { count } from "../time";
import type { Import, ImportLine } from "../types";
import { FailureNotice } from "./failure-notice";
import { useRead } from "./use-read";
import "../style/said.css";

/** How much of a file came in, was there, or was left out. */
export function whatCameIn({ counts }: Import): string {
  const { bringing } = strings.value;
  const { imported, messages, already_there, left_out } = counts;
  const parts = [bringing.imported(imported, count(messages))];
  if (already_there > 0) parts.push(bringing.alreadyThere(already_there));
  if (left_out > 0) parts.push(bringing.leftOut(left_out));
  return list(parts);
}

type Props = { id: string; isOpen?: boolean; onLeave?: () => void };

/** Line by line what came in, what was there already, and what was left out and why. */
export function Report({ id, isOpen = false, onLeave = () => undefined }: Props) {
  const { bringing } = strings.value;
  const { value, failure, again } = useRead(() => reportOf(id));
  const [more, setMore] = useState<{ items: ImportLine[]; next: string | null } | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const items = [...(value?.items ?? []), ...(more?.items ?? [])];
  const next = (more ?? value)?.next ?? null;
  const readOn = async (address: string) => {
    try {
      const page = await reportOf(id, address);
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next });
    } catch (error) {
      setFailed(toFailure(error));
    }
  };
  const problem = failure ?? failed;
  return (
    <details open={isOpen}>
      <summary>{bringing.report}</summary>
      {problem && <FailureNotice failure={problem} onAgain={again} />}
      <ul class="lines" tabIndex={0} aria-label={bringing.report}>
        {items.map((line) => (
          <Line key={line.n} line={line} onLeave={onLeave} />
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={() => void readOn(next)}>
          {bringing.more}
        </button>
      )}
    </details>
  );
}

function Line({ line, onLeave }: { line: ImportLine; onLeave: () => void }) {
  const { bringing } = strings.value;
  const { kind, title, result, id, messages, detail } = line;
  const name = title || bringing.untitled;
  const isThere = id !== null && kind !== "file";
  return (
    <li class={result === "left_out" ? "alarm" : undefined}>
      {isThere ? (
        <a href={`/${kind === "persona" ? "p" : "c"}/${id}`} onClick={onLeave}>
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}
      <small>
        {bringing.results[result]}
        {messages !== null && ` · ${bringing.messages(messages)}`}
      </small>
      {detail && <small>{detail}</small>}
    </li>
  );
}
