import { useState } from "preact/hooks";

import { account } from "../account";
import { Choice } from "../parts/choice";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import type { NewApiKey } from "../types";

type Scope = "chat" | "read";
type Expiry = "30" | "90" | "365" | "never";
const DAY_MS = 24 * 60 * 60 * 1000;

const expiryOf = (choice: Expiry): string | null =>
  choice === "never" ? null : new Date(Date.now() + Number(choice) * DAY_MS).toISOString();

/** Orders a key, with the password once more. */
export function NewKey({ onMade, onClose }: { onMade: (key: NewApiKey) => void; onClose: () => void }) {
  const { keys } = strings.value;
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("chat");
  const [expiry, setExpiry] = useState<Expiry>("90");
  const [password, setPassword] = useState("");
  const { busy, failure, run } = useTask();
  const make = async () =>
    onMade(
      await account.makeKey({ name: name.trim(), scopes: [scope], expires_at: expiryOf(expiry), password }),
    );
  return (
    <Dialog title={keys.make} onClose={onClose}>
      <form onSubmit={(event) => void run(event, make)}>
        <Field
          label={keys.name}
          hint={keys.nameHint}
          required
          maxLength={128}
          value={name}
          onValue={setName}
        />
        <Choice<Scope> label={keys.scope} options={keys.scopes} chosen={scope} onChoose={setScope} />
        <Choice<Expiry> label={keys.expiry} options={keys.expiries} chosen={expiry} onChoose={setExpiry} />
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
            {strings.value.persona.cancel}
          </button>
          <button type="submit" class="button strong" disabled={busy}>
            {keys.create}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
