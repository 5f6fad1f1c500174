import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

import { strings } from "../strings";
import { Icon } from "./icon";

type Props = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string | undefined;
  problem?: string | undefined;
  type?: "text" | "email" | "password";
  name?: string;
  autocomplete?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  autofocus?: boolean;
};

/** A line to fill in, with its label, and what is wrong with it beside it. */
export function Field({ label, value, onValue, hint, problem, ...input }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const element = useRef<HTMLInputElement>(null);
  // By itself `autofocus` works once in the life of a page, and in dialogs. At once: whoever is quick writes already.
  useLayoutEffect(() => void (input.autofocus && element.current?.focus()), []);
  const secret = input.type === "password";
  const { showPassword, hidePassword } = strings.value.signIn;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="line">
        <input
          {...input}
          ref={element}
          id={id}
          // Preact's types tell inputs apart by a type that is known beforehand.
          type={(secret && shown ? "text" : (input.type ?? "text")) as "text"}
          value={value}
          aria-describedby={hint || problem ? `${id}-hint` : undefined}
          aria-invalid={problem ? true : undefined}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {secret && (
          <button
            type="button"
            class="tool"
            aria-pressed={shown}
            aria-label={shown ? hidePassword : showPassword}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        )}
      </div>
      {(problem ?? hint) && (
        <p id={`${id}-hint`} class={problem ? "hint alarm" : "hint"}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
