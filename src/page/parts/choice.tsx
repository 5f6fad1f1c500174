import { useId } from "preact/hooks";

type Props<T extends string> = {
  label: string;
  options: Record<T, string>;
  chosen: T;
  onChoose: (option: T) => void;
};

/** One of a few, side by side. */
export function Choice<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {(Object.entries(options) as [T, string][]).map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} checked={chosen === option} onChange={() => onChoose(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
