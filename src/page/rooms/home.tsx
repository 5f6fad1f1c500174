import { useEffect } from "preact/hooks";

import { bring } from "../brought";
import { Avatar, hued } from "../parts/avatar";
import { Icon } from "../parts/icon";
import { RELATIONSHIPS } from "../relationships";
import { lastTalks, older, personas, user } from "../store";
import { strings } from "../strings";
import { ago, greeting } from "../time";
import type { Persona } from "../types";

/** Who is here. */
export function Home() {
  const { home, app } = strings.value;
  useEffect(() => {
    document.title = app;
  }, [app]);
  const list = personas.value;
  const name = user.value?.full_name?.split(" ")[0];
  return (
    <div class="page home">
      <h1>{name ? greeting().replace(/(?=[.?]$)/, `, ${name}`) : greeting()}</h1>
      {list?.length === 0 ? <Invitation /> : <p class="lead">{home.lead}</p>}
      {list && list.length > 0 && (
        <ul class="gallery" aria-label={home.people}>
          {list.map((persona) => (
            <Card key={persona.id} persona={persona} />
          ))}
          <li>
            <a class="person new" href="/new">
              <span class="orb large empty" aria-hidden="true">
                <Icon name="plus" />
              </span>
              <h2>{home.newPersona}</h2>
              <p>{home.newLine}</p>
            </a>
          </li>
          <li>
            <Bring />
          </li>
        </ul>
      )}
    </div>
  );
}

/** The way in for what was made or said elsewhere. */
function Bring() {
  const { home } = strings.value;
  return (
    <button type="button" class="person new" onClick={() => bring()}>
      <span class="orb large empty" aria-hidden="true">
        <Icon name="down" />
      </span>
      <span class="name">{home.bring}</span>
      <span class="line">{home.bringLine}</span>
    </button>
  );
}

function Card({ persona }: { persona: Persona }) {
  const { home, relationships } = strings.value;
  const last = lastTalks.value.get(persona.id);
  const isNew = !last && older.value === null;
  return (
    <li {...hued(persona.id)}>
      <a class="person" href={`/p/${persona.id}`} data-morph={persona.id}>
        <Avatar persona={persona} size="large" moves />
        <h2>{persona.name}</h2>
        <span class="relation">{relationships[persona.relation_type].name}</span>
        <p>{persona.description}</p>
        <span class="when">{last ? home.talked(ago(last)) : isNew && home.notTalked}</span>
      </a>
    </li>
  );
}

/** The empty house: choose how you know each other. */
function Invitation() {
  const { home, relationships } = strings.value;
  return (
    <>
      <p class="lead">
        {home.empty} {home.emptyLead}
      </p>
      <ul class="gallery" aria-label={home.newPersona}>
        {RELATIONSHIPS.map((relation, i) => (
          <li key={relation} {...hued(i + 3)}>
            <a class="person" href={`/new?as=${relation}`}>
              <Avatar persona={{ id: i + 3, name: relationships[relation].name }} size="large" />
              <h2>{relationships[relation].name}</h2>
              <p>{relationships[relation].line}</p>
            </a>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => bring()}>
        {home.bringFirst}
      </button>
    </>
  );
}
