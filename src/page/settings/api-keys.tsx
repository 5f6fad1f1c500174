import { useState } from "preact/hooks";

import { account } from "../account";
import { dateOf } from "../amounts";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { useTask } from "../parts/use-task";
import { strings } from "../strings/all";
import { ago } from "../time";
import type { ApiKey, NewApiKey } from "../types";
import { NewKey } from "./new-key";
import { ShownKey } from "./shown-key";

/** The keys of one's programs. */
export function ApiKeys() {
  const { keys } = strings.value;
  const { value, failure, again } = useRead(account.keys);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<NewApiKey | null>(null);
  return (
    <section class="card">
      <h2>{keys.title}</h2>
      <p class="hint">{keys.lead}</p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {value?.length === 0 && <p>{keys.none}</p>}
      <ul class="rows">
        {value?.map((key) => (
          <Row key={key.id} apiKey={key} onRevoked={again} />
        ))}
      </ul>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {keys.make}
      </button>
      {asking && (
        <NewKey
          onClose={() => setAsking(false)}
          onMade={(key) => {
            setAsking(false);
            setMade(key);
            again();
          }}
        />
      )}
      {made && <ShownKey made={made} onClose={() => setMade(null)} />}
    </section>
  );
}

function lifeOf({ expires_at }: ApiKey): string {
  const { keys } = strings.value;
  if (expires_at === null) return keys.ever;
  return Date.parse(expires_at) < Date.now() ? keys.expired : keys.until(dateOf(expires_at));
}

function useOf({ last_used_at, last_used_network }: ApiKey): string {
  const { keys } = strings.value;
  return last_used_at ? keys.used(ago(last_used_at), last_used_network ?? "") : keys.unused;
}

function Row({ apiKey, onRevoked }: { apiKey: ApiKey; onRevoked: () => void }) {
  const { keys } = strings.value;
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <p>
        <strong>{apiKey.name}</strong>
        <small>
          <code>{apiKey.hint}…</code> · {lifeOf(apiKey)} · {useOf(apiKey)}
        </small>
      </p>
      <button
        type="button"
        class="button"
        aria-label={keys.revokeOf(apiKey.name)}
        onClick={() => setAsking(true)}
      >
        {keys.revoke}
      </button>
      {asking && <Revoke apiKey={apiKey} onClose={() => setAsking(false)} onRevoked={onRevoked} />}
    </li>
  );
}

function Revoke({
  apiKey,
  onClose,
  onRevoked,
}: {
  apiKey: ApiKey;
  onClose: () => void;
  onRevoked: () => void;
}) {
  const { keys, confirm } = strings.value;
  const { busy, failure, run } = useTask();
  const revoke = async () => {
    await account.revokeKey(apiKey.id);
    onClose();
    onRevoked();
  };
  return (
    <Dialog title={keys.revokeTitle(apiKey.name)} onClose={onClose}>
      <p>{keys.revokeText}</p>
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {confirm.no}
        </button>
        <button
          type="button"
          class="button alarm"
          disabled={busy}
          onClick={(event) => void run(event, revoke)}
        >
          {keys.revoke}
        </button>
      </div>
    </Dialog>
  );
}
