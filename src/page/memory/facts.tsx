import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { announce } from "../parts/announcer";
import { FailureNotice } from "../parts/failure-notice";
import { UndoNotice } from "../parts/undo-notice";
import { useTask } from "../parts/use-task";
import type { Fact, Persona } from "../types";
import { FactForm } from "./fact-form";
import { Known, Once, Suggested, type Doing } from "./fact";
import { KINDS, remembering } from "./remembering";
import { strings } from "../strings/all";

type Props = { persona: Persona; facts: Fact[]; mayTell: boolean; onChange: () => void };

/** What is known: what waits for a word, what is always in mind, the rest by what it is about, and what holds no more. */
export function Facts({ persona, facts, mayTell, onChange }: Props) {
  const { memory } = strings.value;
  const { section, gone, failure, doing, haveBack, close } = useDoing(persona, facts, onChange);
  const there = facts.filter(({ id }) => id !== gone?.id);
  const holding = there.filter(({ until, is_suggested }) => until === null && !is_suggested);
  return (
    <div class="facts" ref={section} tabIndex={-1}>
      {failure && <FailureNotice failure={failure} />}
      {gone && <UndoNotice key={gone.id} text={memory.forgotten} onUndo={haveBack} onClose={close} />}
      <Group title={memory.suggestions} facts={there.filter((one) => one.is_suggested)}>
        {(fact) => <Suggested fact={fact} doing={doing} />}
      </Group>
      <Group title={memory.pinned} facts={holding.filter((one) => one.is_pinned)}>
        {(fact) => <Known fact={fact} doing={doing} />}
      </Group>
      {KINDS.map((kind) => (
        <Group
          key={kind}
          title={memory.kinds[kind]}
          facts={holding.filter((one) => !one.is_pinned && one.kind === kind)}
        >
          {(fact) => <Known fact={fact} doing={doing} />}
        </Group>
      ))}
      {facts.length === 0 && <p class="hint">{memory.nothing(persona.name)}</p>}
      {mayTell && <Tell persona={persona} onChange={onChange} />}
      <Past facts={there.filter(({ until }) => until !== null)} doing={doing} />
    </div>
  );
}

/** Does something to a fact. What is forgotten is gone from the server; having it back is telling it once more. */
function useDoing({ id }: Persona, facts: Fact[], onChange: () => void) {
  const [gone, setGone] = useState<Fact | null>(null);
  const section = useRef<HTMLDivElement>(null);
  const hasActed = useRef(false);
  const { failure, run } = useTask();
  useEffect(() => {
    // What was pressed may have moved to another group.
    if (hasActed.current && document.activeElement === document.body)
      section.current?.focus({ preventScroll: true });
    hasActed.current = false;
  }, [facts]);
  const act = (event: Event, task: () => Promise<unknown>) =>
    void run(event, async () => {
      await task();
      hasActed.current = true;
      onChange();
    });
  const doing: Doing = {
    change: (event, fact, changes) => act(event, () => remembering.change(id, fact.id, changes)),
    save: async (fact, told) => {
      await remembering.change(id, fact.id, told);
      onChange();
    },
    forget: (event, fact) =>
      act(event, async () => {
        await remembering.forget(id, fact.id);
        announce(strings.value.memory.forgotten);
        setGone(fact);
      }),
  };
  const haveBack = () => {
    if (!gone) return;
    const { text, kind, is_pinned } = gone;
    act(new Event("undo"), () => remembering.tell(id, { text, kind, is_pinned }).then(() => setGone(null)));
  };
  return { section, gone, failure, doing, haveBack, close: () => setGone(null) };
}

type GroupProps = {
  title: string;
  facts: Fact[];
  children: (fact: Fact) => ComponentChildren;
};

function Group({ title, facts, children }: GroupProps) {
  if (facts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {facts.map((fact) => (
          <li key={fact.id}>{children(fact)}</li>
        ))}
      </ul>
    </section>
  );
}

/** What newer facts have taken the place of. */
function Past({ facts, doing }: { facts: Fact[]; doing: Doing }) {
  if (facts.length === 0) return null;
  return (
    <details>
      <summary>{strings.value.memory.past(facts.length)}</summary>
      <ul>
        {facts.map((fact) => (
          <li key={fact.id}>
            <Once fact={fact} doing={doing} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Tell({ persona, onChange }: Pick<Props, "persona" | "onChange">) {
  const [open, setOpen] = useState(false);
  const { memory } = strings.value;
  if (!open) {
    return (
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {memory.tell}
      </button>
    );
  }
  return (
    <FactForm
      onClose={() => setOpen(false)}
      onSave={async (told) => {
        await remembering.tell(persona.id, told);
        onChange();
      }}
    />
  );
}
