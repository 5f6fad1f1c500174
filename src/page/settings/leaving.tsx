import { useState } from "preact/hooks";

import { account } from "../account";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { useTask } from "../parts/use-task";
import { signOut } from "../session";
import { strings } from "../strings/all";

/** The end of an account. */
export function Leaving() {
  const { leaving } = strings.value;
  const [asking, setAsking] = useState(false);
  return (
    <section class="card">
      <h2>{leaving.title}</h2>
      <p class="hint">{leaving.lead}</p>
      <button type="button" class="button danger" onClick={() => setAsking(true)}>
        {leaving.open}
      </button>
      {asking && <Ask onClose={() => setAsking(false)} />}
    </section>
  );
}

function Ask({ onClose }: { onClose: () => void }) {
  const { leaving, keys, confirm } = strings.value;
  const [password, setPassword] = useState("");
  const { busy, failure, run } = useTask();
  const leave = async () => {
    const { receipt } = await account.remove(password);
    await signOut(`/deleted#${receipt}`);
  };
  return (
    <Dialog title={leaving.askTitle} onClose={onClose}>
      <p>{leaving.askText}</p>
      <form onSubmit={(event) => void run(event, leave)}>
        <Field
          label={keys.password}
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        {failure && <FailureNotice failure={failure} />}
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {confirm.no}
          </button>
          <button type="submit" class="button alarm" disabled={busy}>
            {leaving.open}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
