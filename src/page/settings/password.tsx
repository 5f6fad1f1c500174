import { useState } from "preact/hooks";

import { account, type KeyName } from "../account";
import { list } from "../amounts";
import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";

type Changed = Awaited<ReturnType<typeof account.changePassword>>;

/** A new password, and what becomes of the API keys. */
export function Password() {
  const { password, signIn } = strings.value;
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [keep, setKeep] = useState(false);
  const [changed, setChanged] = useState<Changed | null>(null);
  const { busy, failure, run } = useTask();
  const change = async () => {
    setChanged(null);
    setChanged(
      await account.changePassword({ current_password: current, new_password: next, keep_api_keys: keep }),
    );
    setCurrent("");
    setNext("");
  };
  return (
    <section class="card">
      <h2>{password.title}</h2>
      <form onSubmit={(event) => void run(event, change)}>
        <Field
          label={password.current}
          type="password"
          autocomplete="current-password"
          required
          value={current}
          onValue={setCurrent}
        />
        <Field
          label={password.next}
          hint={signIn.passwordHint}
          type="password"
          autocomplete="new-password"
          required
          minLength={8}
          value={next}
          onValue={setNext}
        />
        <label class="check">
          <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
          <span>
            {password.keep}
            <small>{password.keepHint}</small>
          </span>
        </label>
        {failure && <FailureNotice failure={failure} />}
        {changed && <Done changed={changed} />}
        <div>
          <button type="submit" class="button" disabled={busy}>
            {password.change}
          </button>
        </div>
      </form>
    </section>
  );
}

const namesOf = (keys: KeyName[]): string => list(keys.map(({ name, hint }) => `${name} (${hint}…)`));

function Done({ changed: { kept_api_keys: kept, revoked_api_keys: revoked } }: { changed: Changed }) {
  const { password } = strings.value;
  return (
    <div class="notice" role="status">
      <p>
        {password.changed} {kept.length > 0 && password.kept(namesOf(kept))}{" "}
        {revoked.length > 0 && password.revoked(namesOf(revoked))}
      </p>
    </div>
  );
}
