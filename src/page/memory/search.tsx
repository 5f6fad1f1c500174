import { useEffect, useState } from "preact/hooks";

import { api } from "../api";
import { Confirm } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { Recollection } from "../parts/recollection";
import { UndoNotice } from "../parts/undo-notice";
import { useRead } from "../parts/use-read";
import { useTask } from "../parts/use-task";
import { dropConversation, tell } from "../store";
import { talks } from "../talk";
import type { Persona, Recall, Recalled } from "../types";
import { remembering } from "./remembering";
import { strings } from "../strings/all";

/** So long after the last letter it is looked for. Milliseconds. */
const PAUSE_MS = 250;

type Props = { persona: Persona; onChange: () => void };

/** What would come to mind at some words. */
export function Search({ persona, onChange }: Props) {
  const { memory } = strings.value;
  const [text, setText] = useState("");
  const question = useSettled(text.trim());
  return (
    <search>
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          placeholder={memory.search}
          aria-label={memory.search}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {question && <Found key={question} persona={persona} question={question} onChange={onChange} />}
    </search>
  );
}

/** What has been written, once nobody writes on. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Found({ persona, question, onChange }: Props & { question: string }) {
  const { memory } = strings.value;
  const { value, failure, again } = useRead(() => remembering.search(persona.id, question));
  const [gone, setGone] = useState<Recalled | null>(null);
  const { failure: refusal, run } = useTask();
  const changed = ({ conversation_id: talk }: Recalled, now: Recalled | null) => {
    const open = talks.get(talk);
    if (open) open.stale.value++;
    tell({ talk });
    setGone(now);
    again();
    onChange();
  };
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  return (
    <>
      {refusal && <FailureNotice failure={refusal} />}
      {gone && (
        <UndoNotice
          text={memory.messageGone}
          onUndo={() =>
            void run(new Event("undo"), () =>
              api.undo(gone.conversation_id, null).then(() => changed(gone, null)),
            )
          }
          onClose={() => setGone(null)}
        />
      )}
      <Results
        found={value}
        hidden={gone?.id}
        name={persona.name}
        onDelete={(one) =>
          void run(new Event("delete"), () =>
            api.deleteMessage(one.id, false, null).then(() => changed(one, one)),
          )
        }
        onChange={() => {
          again();
          onChange();
        }}
      />
    </>
  );
}

type ResultsProps = {
  found: Recall | null;
  hidden: number | undefined;
  name: string;
  onDelete: (one: Recalled) => void;
  onChange: () => void;
};

function Results({ found, hidden, name, onDelete, onChange }: ResultsProps) {
  const { memory } = strings.value;
  if (!found) return null;
  const shown = found.messages.filter(({ id }) => id !== hidden);
  return (
    <>
      <p class="hint" role="status">
        {shown.length > 0 ? `${memory.found(shown.length)}. ${memory.searchHint}` : memory.nothingFound}
      </p>
      <ul class="recollections">
        {shown.map((one) => (
          <li key={one.id}>
            <Recollection message={one} name={name} />
            <More one={one} onDelete={() => onDelete(one)} onChange={onChange} />
          </li>
        ))}
      </ul>
    </>
  );
}

function More({ one, onDelete, onChange }: { one: Recalled; onDelete: () => void; onChange: () => void }) {
  const { memory, room } = strings.value;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu
        label={room.more}
        items={() => [
          { icon: "trash", label: memory.forgetMessage, onSelect: onDelete, alarm: true },
          { icon: "trash", label: memory.forgetTalk, onSelect: () => setAsking(true), alarm: true },
        ]}
      />
      {asking && (
        <Confirm
          title={room.removeTitle}
          text={room.removeText}
          onClose={() => setAsking(false)}
          onYes={async () => {
            await api.deleteConversation(one.conversation_id);
            dropConversation(one.conversation_id);
            onChange();
          }}
        />
      )}
    </>
  );
}
