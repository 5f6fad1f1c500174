import { strings } from "../strings";
import type { Told } from "../talk";
import type { HelpResource, Safety } from "../types";

/** What must be seen before a reply is read: that this is an AI, that it is time for a break, and where help is. */
export const Care = ({ told: { notices, safety } }: { told: Told }) => (
  <>
    {notices.map(({ id, kind, text }) => (
      <li key={id} class={kind === "break_reminder" ? "note card" : "note"}>
        {text}
      </li>
    ))}
    {safety?.must_show && <Help key={safety.id} safety={safety} />}
  </>
);

/** Where to turn to: every number one press away. */
function Help({ safety: { text, resources, level } }: { safety: Safety }) {
  return (
    <li>
      <section
        class={level === "high" ? "help card high" : "help card"}
        aria-label={strings.value.care.title}
      >
        <h2>{strings.value.care.title}</h2>
        {text && <p>{text}</p>}
        <ul>
          {resources.map((resource) => (
            <Line key={resource.name} resource={resource} />
          ))}
        </ul>
      </section>
    </li>
  );
}

function Line({ resource: { name, tel, sms, chat_url, url, hours } }: { resource: HelpResource }) {
  const { call, text, chat } = strings.value.care;
  return (
    <li>
      <span>
        <a href={url} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
        <small>{hours}</small>
      </span>
      {tel && (
        <a class="button strong" href={`tel:${tel.replace(/[^\d+]/g, "")}`}>
          {call(tel)}
        </a>
      )}
      {sms && (
        <a class="button" href={`sms:${/\d+$/.exec(sms.replaceAll(" ", ""))?.[0] ?? sms}`}>
          {text(sms)}
        </a>
      )}
      {chat_url && (
        <a class="button" href={chat_url} target="_blank" rel="noopener noreferrer">
          {chat}
        </a>
      )}
    </li>
  );
}
