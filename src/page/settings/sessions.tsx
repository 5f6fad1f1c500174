import { account } from "../account";
import { announce } from "../parts/announcer";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import { ago, moment } from "../time";
import type { Session } from "../types";
import { deviceOf } from "./device";

/** Where one is signed in, and an end to each. */
export function Sessions() {
  const { sessions } = strings.value;
  const { value, failure, again } = useRead(account.sessions);
  return (
    <section class="card">
      <h2>{sessions.title}</h2>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <ul class="rows">
        {value?.map((session) => (
          <Row key={session.id} session={session} onEnd={again} />
        ))}
      </ul>
    </section>
  );
}

function nameOf({ user_agent }: Session): string {
  const { on, unknownDevice } = strings.value.sessions;
  const { browser, system } = deviceOf(user_agent ?? "");
  if (browser && system) return on(browser, system);
  return browser ?? system ?? user_agent?.slice(0, 60) ?? unknownDevice;
}

function Row({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { sessions } = strings.value;
  const { busy, failure, run } = useTask();
  const name = nameOf(session);
  const end = async () => {
    await account.endSession(session.id);
    announce(sessions.ended);
    onEnd();
  };
  return (
    <li>
      <p>
        <strong>{name}</strong>
        <small title={moment(session.last_used_at)}>
          {session.current ? sessions.here : sessions.used(ago(session.last_used_at))}
        </small>
      </p>
      {!session.current && (
        <button
          type="button"
          class="button"
          aria-label={sessions.endOf(name)}
          disabled={busy}
          onClick={(event) => void run(event, end)}
        >
          {sessions.end}
        </button>
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}
