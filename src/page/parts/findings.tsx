import { Fragment } from "preact";
import { useState } from "preact/hooks";

import { isPassing } from "../failure";
import { WIDE } from "../finding";
import { personaOf } from "../store";
import { strings } from "../strings/all";
import { ago, moment } from "../time";
import type { Hit } from "../types";
import { Avatar, hued } from "./avatar";
import { FailureNotice } from "./failure-notice";
import { Narrowing } from "./narrowing";
import { useSearch } from "./use-search";

/** The messages in which what is looked for occurs, the best first. */
export function Findings({ words }: { words: string }) {
  const { search } = strings.value;
  const [narrowed, setNarrowed] = useState(WIDE);
  const { found, failure, more, again } = useSearch(words, narrowed);
  return (
    <section>
      <h2>{search.messages}</h2>
      <Narrowing narrowed={narrowed} onNarrow={setNarrowed} />
      {failure && <FailureNotice failure={failure} onAgain={isPassing(failure) ? again : undefined} />}
      <ul>
        {found?.hits.map((hit) => (
          <Finding key={hit.message_id} hit={hit} />
        ))}
      </ul>
      {found?.hits.length === 0 && <p class="hint">{search.nothing(found.words)}</p>}
      {found?.complete === false && <p class="hint">{search.incomplete}</p>}
      {found?.next && (
        <button type="button" class="link" onClick={() => void more()}>
          {search.more}
        </button>
      )}
      <p class="unseen" role="status">
        {found && search.found(found.hits.length)}
      </p>
    </section>
  );
}

function Finding({ hit }: { hit: Hit }) {
  const { conversation_id, message_id, persona_id, conversation_title, created_at, role } = hit;
  const persona = personaOf(persona_id);
  return (
    <li {...hued(persona_id)}>
      <a class="row" href={`/c/${conversation_id}#m${message_id}`}>
        {persona && <Avatar persona={persona} size="medium" />}
        <span class="what">
          <span class="title">{conversation_title}</span>
          <time dateTime={created_at} title={moment(created_at)}>
            {ago(created_at)}
          </time>
          <span class="quote">
            {role === "user" && `${strings.value.room.you}: `}
            <Marked hit={hit} />
          </span>
        </span>
      </a>
    </li>
  );
}

/** What was said, with what was looked for in it: both are text, whatever they say. */
function Marked({ hit: { snippet, highlights } }: { hit: Hit }) {
  const ends = [0, ...highlights.map(([, to]) => to)];
  return (
    <>
      {highlights.map(([from, to], i) => (
        <Fragment key={from}>
          {snippet.slice(ends[i], from)}
          <mark>{snippet.slice(from, to)}</mark>
        </Fragment>
      ))}
      {snippet.slice(ends.at(-1))}
    </>
  );
}
