import { useId, useState } from "preact/hooks";

import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { useTask } from "../parts/use-task";
import type { Fact, FactKind } from "../types";
import { KINDS, type Told } from "./remembering";
import { strings } from "../strings/all";

type Props = { fact?: Fact; onSave: (told: Told) => Promise<unknown>; onClose: () => void };

/** As many characters as the API takes of a fact. */
const LONGEST = 120;

/** Something to remember, told or put otherwise. */
export function FactForm({ fact, onSave, onClose }: Props) {
  const { memory } = strings.value;
  const [text, setText] = useState(fact?.text ?? "");
  const [kind, setKind] = useState<FactKind>(fact?.kind ?? "other");
  const [isPinned, setPinned] = useState(fact?.is_pinned ?? false);
  const { busy, failure, run } = useTask();
  const save = async () => {
    await onSave({ text: text.trim(), kind, is_pinned: isPinned });
    onClose();
  };
  return (
    <form class="fact-form" onSubmit={(event) => void run(event, save)}>
      <Field
        label={memory.text}
        hint={memory.textHint}
        required
        autofocus
        maxLength={LONGEST}
        value={text}
        onValue={setText}
      />
      <KindChoice chosen={kind} onChoose={setKind} />
      <label class="check">
        <input
          type="checkbox"
          checked={isPinned}
          onChange={(event) => setPinned(event.currentTarget.checked)}
        />
        <span>{memory.pin}</span>
      </label>
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {memory.cancel}
        </button>
        <button type="submit" class="button strong" disabled={busy || text.trim() === ""}>
          {memory.save}
        </button>
      </div>
    </form>
  );
}

function KindChoice({ chosen, onChoose }: { chosen: FactKind; onChoose: (kind: FactKind) => void }) {
  const id = useId();
  const { kind, kinds } = strings.value.memory;
  return (
    <div class="field">
      <label for={id}>{kind}</label>
      <select id={id} onChange={(event) => onChoose(event.currentTarget.value as FactKind)}>
        {KINDS.map((one) => (
          <option key={one} value={one} selected={one === chosen}>
            {kinds[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
