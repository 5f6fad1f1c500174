import { useEffect, useState } from "preact/hooks";

import { openMemory } from "../beside";
import { lookAt, undo } from "../branching";
import { load, send } from "../conversation";
import { changeSoon } from "../keeping";
import { useWatch } from "../parts/use-watch";
import { announce } from "../parts/announcer";
import { Avatar, hued } from "../parts/avatar";
import { Composer } from "../parts/composer";
import { conversationItems } from "../parts/conversation-menu";
import { FailureNotice } from "../parts/failure-notice";
import { Icon } from "../parts/icon";
import { later } from "../parts/later";
import { Menu } from "../parts/menu";
import { Transcript } from "../parts/transcript";
import { UndoNotice } from "../parts/undo-notice";
import { aim, go } from "../route";
import { personaOf, personas } from "../store";
import { strings } from "../strings";
import { talkOf, type Talk } from "../talk";
import { until } from "../time";
import { stop } from "../turn";
import type { Persona } from "../types";
import { Nowhere } from "./nowhere";

const Branches = later(async () => (await import("../parts/branches")).Branches);

/** A conversation. */
export function Room({ id }: { id: number }) {
  const talk = talkOf(id);
  useWatch(talk);
  const { conversation, loaded, failure } = talk;
  const persona = personaOf(conversation.value?.persona_id);
  const title = conversation.value?.title;
  useEffect(() => {
    if (title) document.title = title;
  }, [title]);
  useEffect(() => {
    const at = aim.value;
    if (!at || !loaded.value) return;
    // Who loads the page again is where the conversation is.
    history.replaceState(null, "", location.pathname);
    aim.value = null;
    void lookAt(talk, at.id);
  }, [aim.value, loaded.value]);
  if (conversation.value && persona) return <Open talk={talk} persona={persona} />;
  if (conversation.value && personas.value) return <Nowhere title={strings.value.room.gone} />;
  if (loaded.value || !failure.value) return null;
  const { status } = failure.value;
  if (status === 404 || status === 403) return <Nowhere title={strings.value.room.gone} />;
  return (
    <div class="page">
      <FailureNotice failure={failure.value} onAgain={() => void load(talk)} />
    </div>
  );
}

function Open({ talk, persona }: { talk: Talk; persona: Persona }) {
  const running = talk.running.value;
  useEffect(() => {
    if (!running) return;
    announce(strings.value.room.announceWriting(persona.name));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) void stop(talk);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [running]);
  return (
    <div {...hued(persona.id)} class="hued room">
      <Top talk={talk} persona={persona} />
      <Transcript talk={talk} persona={persona} />
      <div class="foot">
        {talk.failure.value && (
          <FailureNotice
            failure={talk.failure.value}
            onAgain={
              talk.failure.value.status === 0 ? () => void load(talk) : (talk.again.value ?? undefined)
            }
            onClose={() => (talk.failure.value = null)}
          />
        )}
        {talk.deleted.value > 0 && (
          <UndoNotice
            text={strings.value.room.deleted(talk.deleted.value)}
            onUndo={() => void undo(talk)}
            onClose={() => (talk.deleted.value = 0)}
          />
        )}
        <Temporary talk={talk} />
        <Composer
          place={`c${talk.id}`}
          name={persona.name}
          autoFocus
          onUp={() => editLast(talk)}
          onSend={(content) => send(talk, content)}
          onStop={running ? () => void stop(talk) : undefined}
        />
      </div>
    </div>
  );
}

/** Opens one's last words, where they are shown. */
function editLast(talk: Talk): void {
  const last = talk.pages.value.flat().findLast(({ role }) => role === "user");
  if (!last) return;
  const button = () => document.querySelector<HTMLElement>(`#m${last.id} [data-edit]`);
  if (!button()) talk.reveal.value = { id: last.id, focus: "", top: null };
  button()?.click();
}

/** Says of a temporary conversation when it is gone, and keeps it. */
function Temporary({ talk }: { talk: Talk }) {
  const { room } = strings.value;
  const { id, expires_at } = talk.conversation.value ?? {};
  if (!id || !expires_at) return null;
  return (
    <div class="notice">
      <p>{room.temporary(until(expires_at))}</p>
      <button type="button" class="link" onClick={() => void changeSoon(id, { temporary: false })}>
        {room.keep}
      </button>
    </div>
  );
}

function Top({ talk, persona }: { talk: Talk; persona: Persona }) {
  const { room } = strings.value;
  const [isBranching, setBranching] = useState(false);
  const items = () => {
    const known = talk.conversation.value ? conversationItems(talk.conversation.value) : [];
    return [
      ...known.slice(0, -1),
      { icon: "branch", label: room.branches, onSelect: () => setBranching(true) } as const,
      { icon: "eye", label: room.profile(persona.name), onSelect: () => go(`/p/${persona.id}`) } as const,
      { icon: "memory", label: room.memory(persona.name), onSelect: () => openMemory(persona.id) } as const,
      ...known.slice(-1),
    ];
  };
  return (
    <header class="top">
      <a class="tool back" href="/" aria-label={room.back}>
        <Icon name="back" />
      </a>
      <a class="whom" href={`/p/${persona.id}`} title={room.profile(persona.name)} data-morph={persona.id}>
        <Avatar persona={persona} size="bold" moves />
        <span>
          <strong>{persona.name}</strong>
          <State talk={talk} persona={persona} />
        </span>
      </a>
      <h1 class="title">{talk.conversation.value?.title}</h1>
      <Menu label={room.actions} items={items} />
      {isBranching && <Branches talk={talk} onClose={() => setBranching(false)} />}
    </header>
  );
}

/** What they are, that they are no human, and what they are doing. */
function State({ talk, persona }: { talk: Talk; persona: Persona }) {
  const { room, relationships, ai } = strings.value;
  const running = talk.running.value;
  if (!running) return <small>{`${relationships[persona.relation_type].name} · ${ai}`}</small>;
  if (running.waiting.value) return <small class="lit">{room.waiting}</small>;
  return <small class="lit">{running.turn.value ? room.writing : room.sending}</small>;
}
