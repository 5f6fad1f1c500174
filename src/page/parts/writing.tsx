import { useMemo, useRef } from "preact/hooks";

import { blocksOf, Markdown, type Blocks } from "../markdown";
import { strings } from "../strings";
import type { Talk } from "../talk";
import type { Persona } from "../types";
import { Avatar } from "./avatar";

/** The reply that is being written: the only part of the page that hears of every word. */
export function Writing({ talk, persona }: { talk: Talk; persona: Persona }) {
  const { room } = strings.value;
  const text = talk.running.value?.text.value ?? "";
  const before = useRef<Blocks | null>(null);
  const blocks = useMemo(() => (before.current = blocksOf(text, before.current, true)), [text]);
  return (
    <li class="reply" aria-busy="true">
      <Avatar persona={persona} size="small" />
      <div class="voice">
        <span class="unseen">{room.said(persona.name)}</span>
        {text === "" ? <span class="dot" /> : <Markdown blocks={blocks} writing />}
      </div>
    </li>
  );
}
