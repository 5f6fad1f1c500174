import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { account } from "../account";
import { duration, percent, usd } from "../amounts";
import { beside, openMemory } from "../beside";
import { reporting } from "../objecting";
import { conversationOf, personaOf } from "../store";
import { strings } from "../strings/all";
import { count } from "../time";
import type { Message, MessageContext, Recalled } from "../types";
import { FailureNotice } from "./failure-notice";
import { Recollection } from "./recollection";
import { Side } from "./side";
import { useRead } from "./use-read";

/** What went into a reply and what it took. */
export function Inspector({ message }: { message: Message }) {
  const persona = conversationOf(message.conversation_id)?.persona_id ?? 0;
  useEffect(() => () => void (beside.value = null), [message.conversation_id]);
  return (
    <Side title={strings.value.room.inspect} personaId={persona}>
      <Inside message={message} />
    </Side>
  );
}

function Inside({ message }: { message: Message }) {
  const { value, failure, again } = useRead(() => account.context(message.id), [message.id]);
  return (
    <>
      {failure && <FailureNotice failure={failure} onAgain={failure.status === 404 ? undefined : again} />}
      {value && <Told context={value} />}
      {value && value.recalled.length > 0 && <Reminded message={message} recalled={value.recalled} />}
      <Took message={message} />
      <button type="button" class="button" onClick={() => (reporting.value = message)}>
        {strings.value.room.report}
      </button>
    </>
  );
}

const Line = ({ name, children, strong = false }: LineProps) => (
  <div class={strong ? "strong" : undefined}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
type LineProps = { name: ComponentChildren; children: ComponentChildren; strong?: boolean };

/** So many sections are told apart by their colours, `s0` and so on. */
const SHADES = 7;

/** The prompt, section by section, and what was not in it. */
function Told({ context }: { context: MessageContext }) {
  const { inspector } = strings.value;
  const { sections, estimated_tokens, budget, left_out } = context;
  return (
    <section>
      <h3>{inspector.told}</h3>
      <div class="shares" aria-hidden="true">
        {sections.map(({ name, tokens }, i) => (
          <span key={name} class={`share s${i % SHADES}`} style={{ flexGrow: tokens }} />
        ))}
      </div>
      <dl>
        {sections.map(({ name, tokens, ids }, i) => (
          <Line key={name} name={<SectionName name={name} index={i} messages={ids?.length ?? 0} />}>
            {count(tokens)}
          </Line>
        ))}
        <Line strong name={inspector.of(count(budget))}>
          {count(estimated_tokens.total)}
        </Line>
      </dl>
      {left_out.length === 0 && <p class="hint">{inspector.nothingLeftOut}</p>}
      {left_out.map((part) => (
        <p key={part.reason} class="hint">
          {inspector.leftOut[part.reason](part.count)}
        </p>
      ))}
      <p class="hint">{inspector.estimate}</p>
    </section>
  );
}

function SectionName({ name, index, messages }: { name: string; index: number; messages: number }) {
  const { sections, earlier } = strings.value.inspector;
  return (
    <>
      <span class={`swatch s${index % SHADES}`} aria-hidden="true" />
      {sections[name] ?? name}
      {messages > 0 && <small>{earlier(messages)}</small>}
    </>
  );
}

/** What was said before and came to mind for this reply. */
function Reminded({ message, recalled }: { message: Message; recalled: Recalled[] }) {
  const { inspector, room } = strings.value;
  const persona = personaOf(conversationOf(message.conversation_id)?.persona_id);
  return (
    <section>
      <h3>{inspector.recalled}</h3>
      <ul class="recollections">
        {recalled.map((one) => (
          <li key={one.id}>
            <Recollection message={one} name={persona?.name ?? ""} />
          </li>
        ))}
      </ul>
      {persona && (
        <button type="button" class="link" onClick={() => openMemory(persona.id)}>
          {room.memory(persona.name)}
        </button>
      )}
    </section>
  );
}

/** Model, time, tokens and cost, as far as they are known. */
function Took({ message }: { message: Message }) {
  const { inspector } = strings.value;
  const { model_used, first_token_ms, response_time_ms, usage } = message;
  const time = (ms: number | null) => (ms === null ? inspector.unknown : duration(ms));
  return (
    <section>
      <h3>{inspector.took}</h3>
      <dl>
        <Line name={inspector.model}>{model_used ?? inspector.unknown}</Line>
        <Line name={inspector.firstWord}>{time(first_token_ms)}</Line>
        <Line name={inspector.whole}>{time(response_time_ms)}</Line>
        {usage && <Tokens usage={usage} />}
        <Line strong name={inspector.cost}>
          {usage?.cost_usd == null ? inspector.unknown : usd(usage.cost_usd)}
        </Line>
      </dl>
      {!usage && <p class="hint">{inspector.nothingTaken}</p>}
      {usage && usage.cost_usd === null && <p class="hint">{inspector.unpriced}</p>}
      {usage?.estimated && <p class="hint">{inspector.estimated}</p>}
    </section>
  );
}

function Tokens({ usage }: { usage: NonNullable<Message["usage"]> }) {
  const { inspector } = strings.value;
  const { prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens } = usage;
  return (
    <>
      <Line name={inspector.prompt}>
        {count(prompt_tokens)}
        {cached_tokens > 0 && <small> ({inspector.cached(percent(cached_tokens / prompt_tokens))})</small>}
      </Line>
      <Line name={inspector.reply}>
        {count(completion_tokens)}
        {reasoning_tokens > 0 && <small> ({inspector.reasoning(count(reasoning_tokens))})</small>}
      </Line>
    </>
  );
}
