import { useEffect } from "preact/hooks";

import { api } from "../api";
import { Icon } from "../parts/icon";
import { PersonaForm } from "../parts/persona-form";
import { RELATIONSHIPS } from "../relationships";
import { go } from "../route";
import { personas, putPersona } from "../store";
import { strings } from "../strings";

/** Somebody new. */
export function NewPersona() {
  const { persona: words } = strings.value;
  useEffect(() => {
    document.title = words.newTitle;
  }, [words]);
  const asked = new URLSearchParams(location.search).get("as");
  const relation = RELATIONSHIPS.find((one) => one === asked) ?? "friend";
  // The hue that the persona will have, if nobody else makes one meanwhile.
  const next = Math.max(0, ...(personas.value ?? []).map(({ id }) => id)) + 1;
  return (
    <div class="page narrow">
      <a class="tool back" href="/" aria-label={strings.value.room.back}>
        <Icon name="back" />
      </a>
      <PersonaForm
        hueId={next}
        traits={{ name: "", description: "", relation_type: relation, greeting: "", alternate_greetings: [] }}
        title={words.newTitle}
        action={words.create}
        onSubmit={async (traits) => {
          const persona = await api.createPersona(traits);
          putPersona(persona);
          go(`/p/${persona.id}`, { replace: true });
        }}
      />
    </div>
  );
}
