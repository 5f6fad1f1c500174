import { useId, useState } from "preact/hooks";

import { account } from "../account";
import { Choice } from "../parts/choice";
import { CodeBlock } from "../parts/code-block";
import { CopyButton } from "../parts/copy-button";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { strings } from "../strings/all";
import type { NewApiKey } from "../types";
import { CLIENTS, setUpOf, type Client } from "./clients";

/** A key, this once, with what each client needs to be told. */
export function ShownKey({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { keys } = strings.value;
  return (
    <Dialog title={keys.made(made.name)} onClose={onClose}>
      <p>{keys.once}</p>
      <div class="secret">
        <code>{made.key}</code>
        <CopyButton text={made.key} label={keys.copyKey} />
      </div>
      <SetUp apiKey={made.key} />
      <div class="actions">
        <button type="button" class="button strong" onClick={onClose}>
          {keys.done}
        </button>
      </div>
    </Dialog>
  );
}

function SetUp({ apiKey }: { apiKey: string }) {
  const { keys } = strings.value;
  const id = useId();
  const { value: models, failure, again } = useRead(account.models);
  const [client, setClient] = useState<Client>("other");
  const [chosen, setChosen] = useState<string | null>(null);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!models) return null;
  const model = chosen ?? models[0]?.id;
  if (!model) return <p class="hint">{keys.openPersona}</p>;
  const access = { base: `${location.origin}/v1`, key: apiKey, model };
  return (
    <>
      <div class="field">
        <label for={id}>{keys.model}</label>
        <select id={id} value={model} onChange={(event) => setChosen(event.currentTarget.value)}>
          {models.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Choice<Client> label={keys.client} options={CLIENTS} chosen={client} onChoose={setClient} />
      <CodeBlock text={setUpOf[client](access)} language={keys.setUp} />
    </>
  );
}
