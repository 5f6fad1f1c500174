import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { Icon, type IconName } from "../parts/icon";
import { leaveSheet } from "../parts/side";
import { days } from "../time";
import type { Fact } from "../types";
import { FactForm } from "./fact-form";
import type { Told } from "./remembering";
import { strings } from "../strings/all";

/** What can be done to a fact. */
export type Doing = {
  change: (event: Event, fact: Fact, changes: Partial<Told>) => void;
  forget: (event: Event, fact: Fact) => void;
  /** @throws Failure */
  save: (fact: Fact, told: Told) => Promise<void>;
};
type Props = { fact: Fact; doing: Doing };

/** What holds. */
export function Known({ fact, doing }: Props) {
  const { memory } = strings.value;
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <FactForm fact={fact} onClose={() => setEditing(false)} onSave={(told) => doing.save(fact, told)} />
    );
  const { text, is_pinned } = fact;
  return (
    <div class="fact">
      <Words fact={fact} />
      <Tool
        icon="pin"
        label={memory.pinIt(text)}
        pressed={is_pinned}
        onPress={(event) => doing.change(event, fact, { is_pinned: !is_pinned })}
      />
      <Tool icon="pencil" label={memory.edit(text)} onPress={() => setEditing(true)} />
      <ForgetTool fact={fact} doing={doing} />
    </div>
  );
}

/** What held once. */
export const Once = ({ fact, doing }: Props) => (
  <div class="fact">
    <Words fact={fact} />
    <ForgetTool fact={fact} doing={doing} />
  </div>
);

/** What was said in passing, and is not used before it is confirmed. */
export function Suggested({ fact, doing }: Props) {
  const { memory } = strings.value;
  return (
    <div class="fact">
      <Words fact={fact} />
      <button
        type="button"
        class="button"
        aria-label={memory.yesTo(fact.text)}
        onClick={(event) => doing.change(event, fact, {})}
      >
        {memory.yes}
      </button>
      <button
        type="button"
        class="button"
        aria-label={memory.noTo(fact.text)}
        onClick={(event) => doing.forget(event, fact)}
      >
        {memory.no}
      </button>
    </div>
  );
}

/** The fact, and where it comes from. */
function Words({ fact }: Pick<Props, "fact">) {
  const { memory } = strings.value;
  const notes = [
    ...(fact.edited_at ? [memory.edited] : []),
    ...(fact.until ? [memory.until(days(fact.until))] : []),
  ];
  return (
    <p>
      {fact.text}
      <small>
        <Source fact={fact} />
        {notes.map((note) => ` · ${note}`)}
      </small>
    </p>
  );
}

function Source({ fact: { origin, at, source_ids } }: Pick<Props, "fact">) {
  const { memory } = strings.value;
  const [source] = source_ids;
  const told = { user: memory.told, rule: memory.said, model: memory.gathered }[origin](days(at));
  if (source === undefined) return <>{told}</>;
  return (
    <a href={`/c/${conversationOf(source)}#m${source}`} onClick={leaveSheet}>
      {told}
    </a>
  );
}

/** A message's number says which conversation it is of. */
const conversationOf = (messageId: number): number => Math.floor(messageId / 2 ** 20);

function ForgetTool({ fact, doing }: Props): ComponentChildren {
  const label = strings.value.memory.forget(fact.text);
  return <Tool icon="trash" label={label} onPress={(event) => doing.forget(event, fact)} />;
}

type ToolProps = { icon: IconName; label: string; pressed?: boolean; onPress: (event: Event) => void };

const Tool = ({ icon, label, pressed, onPress }: ToolProps) => (
  <button
    type="button"
    class="tool"
    aria-label={label}
    title={label}
    aria-pressed={pressed}
    onClick={onPress}
  >
    <Icon name={icon} />
  </button>
);
