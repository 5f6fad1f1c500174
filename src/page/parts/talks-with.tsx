import { api } from "../api";
import { conversationOf, conversations, lastTalks } from "../store";
import { strings } from "../strings";
import { ago } from "../time";
import type { Conversation, Persona } from "../types";
import { useRead } from "./use-read";

/** What was talked about with a persona, newest first: what is known here at once, then what lies farther back. */
export function TalksWith({ persona: { id, name } }: { persona: Persona }) {
  const { persona: words } = strings.value;
  const known = (conversations.value ?? []).filter(({ persona_id }) => persona_id === id);
  const { value } = useRead(() => api.conversationsWith(id), [id, known.length, lastTalks.value.get(id)]);
  const list = value?.items ?? known;
  if (list.length === 0) return <p class="hint">{words.invite(name)}</p>;
  return (
    <section class="earlier">
      <h2>{words.talks}</h2>
      <ul>
        {list.map((one) => (
          <Row key={one.id} conversation={conversationOf(one.id) ?? one} />
        ))}
      </ul>
    </section>
  );
}

const Row = ({ conversation: { id, title, updated_at } }: { conversation: Conversation }) => (
  <li>
    <a class="row" href={`/c/${id}`}>
      <span class="title">{title}</span>
      <time dateTime={updated_at}>{ago(updated_at)}</time>
    </a>
  </li>
);
