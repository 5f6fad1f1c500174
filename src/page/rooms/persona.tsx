import { useEffect, useState } from "preact/hooks";

import { api } from "../api";
import { openMemory } from "../beside";
import { send } from "../conversation";
import { keepDraft } from "../drafts";
import { toFailure, type Failure } from "../failure";
import { Avatar, hued } from "../parts/avatar";
import { Composer } from "../parts/composer";
import { Confirm } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { Icon } from "../parts/icon";
import { later } from "../parts/later";
import { Menu } from "../parts/menu";
import { PersonaForm } from "../parts/persona-form";
import { TalksWith } from "../parts/talks-with";
import { go, goHome } from "../route";
import { dropPersona, personaOf, personas, putConversation, putPersona, tell } from "../store";
import { strings } from "../strings";
import { talkOf } from "../talk";
import type { Persona } from "../types";
import { Nowhere } from "./nowhere";

const Taking = later(async () => (await import("../parts/taking")).Taking);

/** One persona: who they are, what was talked about, and a first word for something new. */
export function PersonaRoom({ id }: { id: number }) {
  const persona = personaOf(id);
  if (persona) return <Profile persona={persona} />;
  return personas.value ? <Nowhere title={strings.value.persona.gone} /> : null;
}

function Profile({ persona }: { persona: Persona }) {
  const { persona: words, relationships, room, ai } = strings.value;
  const [mode, setMode] = useState<"look" | "edit" | "take" | "remove">("look");
  const [temporary, setTemporary] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    document.title = persona.name;
  }, [persona.name]);
  if (mode === "edit") return <Edit persona={persona} onDone={() => setMode("look")} />;
  const begin = (content?: string) => {
    setFailure(null);
    void beginTalk(persona, { content, temporary }).catch((error: unknown) => {
      if (content) keepDraft(`p${persona.id}`, content);
      setFailure(toFailure(error));
    });
  };
  return (
    <div {...hued(persona.id)} class="hued room profile">
      <header class="top">
        <a class="tool back" href="/" aria-label={room.back}>
          <Icon name="back" />
        </a>
        <span class="grow" />
        <button
          type="button"
          class="tool"
          aria-label={words.temporary}
          title={words.temporary}
          aria-pressed={temporary}
          onClick={() => setTemporary(!temporary)}
        >
          <Icon name="clock" />
        </button>
        <Menu
          label={words.edit}
          items={() => [
            { icon: "pencil", label: words.edit, onSelect: () => setMode("edit") },
            { icon: "memory", label: room.memory(persona.name), onSelect: () => openMemory(persona.id) },
            { icon: "take", label: room.take, onSelect: () => setMode("take") },
            { icon: "trash", label: words.remove, onSelect: () => setMode("remove"), alarm: true },
          ]}
        />
      </header>
      <div class="scroll" tabIndex={-1}>
        <div class="measure">
          <Avatar persona={persona} size="huge" moves />
          <h1>{persona.name}</h1>
          <p class="relation">
            {relationships[persona.relation_type].name} · {ai}
          </p>
          {persona.description && <p class="description">{persona.description}</p>}
          {persona.greeting && (
            <button type="button" class="button" onClick={() => begin()}>
              {words.letBegin(persona.name)}
            </button>
          )}
          <TalksWith persona={persona} />
        </div>
      </div>
      <div class="foot">
        {temporary && (
          <p class="hint" role="status">
            {words.temporaryLine}
          </p>
        )}
        {failure && <FailureNotice failure={failure} onClose={() => setFailure(null)} />}
        <Composer
          key={failure ? "again" : "first"}
          place={`p${persona.id}`}
          name={persona.name}
          autoFocus
          onSend={begin}
        />
      </div>
      {mode === "take" && <Taking what="persona" id={persona.id} onClose={() => setMode("look")} />}
      {mode === "remove" && (
        <Confirm
          title={words.removeTitle(persona.name)}
          text={words.removeText(persona.name)}
          onClose={() => setMode("look")}
          onYes={async () => {
            await api.deletePersona(persona.id);
            dropPersona(persona.id);
            goHome();
          }}
        />
      )}
    </div>
  );
}

type Beginning = { content: string | undefined; temporary: boolean };

/** A new conversation; without words of one's own it begins with the persona's greeting. */
async function beginTalk({ id }: Persona, { content = "", temporary }: Beginning): Promise<void> {
  const conversation = await api.createConversation(id, temporary);
  const talk = talkOf(conversation.id);
  talk.conversation.value = conversation;
  // Nothing was said there yet, unless the persona greets.
  talk.loaded.value = conversation.message_count === 0;
  putConversation(conversation);
  tell({ lists: true });
  if (content) send(talk, content);
  go(`/c/${conversation.id}`);
}

function Edit({ persona, onDone }: { persona: Persona; onDone: () => void }) {
  const { persona: words } = strings.value;
  return (
    <div class="page narrow">
      <PersonaForm
        hueId={persona.id}
        traits={persona}
        title={words.editTitle(persona.name)}
        action={words.save}
        onCancel={onDone}
        onSubmit={async (traits) => {
          putPersona(await api.updatePersona(persona.id, traits));
          onDone();
        }}
      />
    </div>
  );
}
