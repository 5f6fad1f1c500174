import { useId } from "preact/hooks";

type Props = { label: string; value: string; onValue: (value: string) => void };

/** As many characters as the API takes of a note. */
const LONGEST = 2000;

/** Some lines to fill in that may stay empty. */
export function NoteField({ label, value, onValue }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={LONGEST}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
