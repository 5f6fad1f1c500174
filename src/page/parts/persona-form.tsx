import { useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";
import { RELATIONSHIPS } from "../relationships";
import { strings } from "../strings";
import { count } from "../time";
import type { Persona, Relationship } from "../types";
import { Avatar, hued } from "./avatar";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";

export type Traits = Pick<Persona, "name" | "description" | "relation_type">;
type Props = {
  /** Whose light it is. */
  hueId: number;
  traits: Traits;
  title: string;
  action: string;
  onSubmit: (traits: Traits) => Promise<unknown>;
  onCancel?: () => void;
};

const LONGEST = 32_000;

/** A persona being made or changed. */
export function PersonaForm({ hueId, traits, title, action, onSubmit, onCancel }: Props) {
  const { persona: words } = strings.value;
  const [name, setName] = useState(traits.name);
  const [relation, setRelation] = useState(traits.relation_type);
  const [description, setDescription] = useState(traits.description ?? "");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const made = { name, relation_type: relation, description: description.trim() || null };
    await onSubmit(made).catch((error: unknown) => setFailure(toFailure(error)));
    setBusy(false);
  };
  return (
    <form {...hued(hueId)} class="hued persona-form" onSubmit={(event) => void submit(event)}>
      <header>
        <Avatar persona={{ id: hueId, name: name || "?" }} size="huge" />
        <div>
          <h1>{title}</h1>
          <p class="lead">{words.newLead}</p>
        </div>
      </header>
      <Field
        label={words.name}
        required
        maxLength={128}
        autofocus
        autocomplete="off"
        value={name}
        onValue={setName}
      />
      <Relationships chosen={relation} onChoose={setRelation} />
      <Description
        value={description}
        placeholder={strings.value.relationships[relation].hint}
        onValue={setDescription}
      />
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            {words.cancel}
          </button>
        )}
        <button type="submit" class="button strong" disabled={busy || name.trim() === ""}>
          {action}
        </button>
      </div>
    </form>
  );
}

type Choice = { chosen: Relationship; onChoose: (relation: Relationship) => void };

const Relationships = ({ chosen, onChoose }: Choice) => (
  <fieldset class="relations">
    <legend>{strings.value.persona.relationship}</legend>
    {RELATIONSHIPS.map((relation) => {
      const { name, line } = strings.value.relationships[relation];
      return (
        <label key={relation}>
          <input
            type="radio"
            name="relation"
            checked={chosen === relation}
            onChange={() => onChoose(relation)}
          />
          <span>
            <strong>{name}</strong>
            <small>{line}</small>
          </span>
        </label>
      );
    })}
  </fieldset>
);

type DescriptionProps = { value: string; placeholder: string; onValue: (text: string) => void };

function Description({ value, placeholder, onValue }: DescriptionProps) {
  const { description, descriptionHint, characters } = strings.value.persona;
  const left = LONGEST - [...value].length;
  return (
    <div class="field">
      <label for="description">{description}</label>
      <textarea
        id="description"
        rows={5}
        aria-describedby="description-hint"
        placeholder={placeholder}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p id="description-hint" class={left < 0 ? "hint alarm" : "hint"}>
        {left < 500 ? characters(count(left)) : descriptionHint}
      </p>
    </div>
  );
}
