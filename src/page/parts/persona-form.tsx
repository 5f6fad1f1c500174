import { useId, useState } from "preact/hooks";

import type { Traits } from "../api";
import { toFailure, type Failure } from "../failure";
import { RELATIONSHIPS } from "../relationships";
import { strings } from "../strings";
import { count } from "../time";
import type { Relationship } from "../types";
import { Avatar, hued } from "./avatar";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";
import { Icon } from "./icon";

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
  const [greeting, setGreeting] = useState(traits.greeting ?? "");
  const [others, setOthers] = useState(traits.alternate_greetings);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const made = {
      name,
      relation_type: relation,
      description: description.trim() || null,
      greeting: greeting.trim() || null,
      alternate_greetings: others.map((one) => one.trim()).filter(Boolean),
    };
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
      <Passage
        label={words.description}
        hint={words.descriptionHint}
        longest={LONGEST}
        placeholder={strings.value.relationships[relation].hint}
        value={description}
        onValue={setDescription}
      />
      <Passage
        label={words.greeting}
        hint={words.greetingHint}
        longest={LONGEST}
        value={greeting}
        onValue={setGreeting}
      />
      {(greeting.trim() !== "" || others.length > 0) && <OtherGreetings list={others} onList={setOthers} />}
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

type OthersProps = { list: string[]; onList: (list: string[]) => void };

/** Other ways to begin: variants of the first message. */
function OtherGreetings({ list, onList }: OthersProps) {
  const { persona: words } = strings.value;
  return (
    <fieldset class="others">
      <legend>{words.otherGreetings}</legend>
      {list.map((text, i) => (
        <div class="other">
          <Passage
            label={words.otherGreeting(i + 1)}
            hint=""
            longest={LONGEST}
            value={text}
            onValue={(next) => onList(list.with(i, next))}
          />
          <button
            type="button"
            class="tool"
            aria-label={words.removeGreeting(i + 1)}
            title={words.removeGreeting(i + 1)}
            onClick={() => onList(list.toSpliced(i, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" class="link" onClick={() => onList([...list, ""])}>
        {words.addGreeting}
      </button>
      <p class="hint">{words.otherGreetingsHint}</p>
    </fieldset>
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

type PassageProps = {
  label: string;
  hint: string;
  /** Characters. */
  longest: number;
  placeholder?: string;
  value: string;
  onValue: (text: string) => void;
};

/** A few lines to fill in. That there is little room left is said before there is none. */
function Passage({ label, hint, longest, placeholder, value, onValue }: PassageProps) {
  const id = useId();
  const left = longest - [...value].length;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        aria-describedby={`${id}-hint`}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class={left < 0 ? "hint alarm" : "hint"}>
        {left < 500 ? strings.value.persona.characters(count(left)) : hint}
      </p>
    </div>
  );
}
