import { useId, useState } from "preact/hooks";

import { account } from "../account";
import { CodeBlock } from "../parts/code-block";
import { CopyButton } from "../parts/copy-button";
import { Closing } from "../parts/closing";
import { Dialog } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { useRead } from "../parts/use-read";
import { strings } from "../strings/all";
import type { Connections, NewApiKey } from "../types";

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
      <Closing words={keys.done} onClose={onClose} />
    </Dialog>
  );
}

function SetUp({ apiKey }: { apiKey: string }) {
  const { keys } = strings.value;
  const { value, failure, again } = useRead(async () => {
    const [models, { clients, ...placeholders }] = await Promise.all([account.models(), account.connect()]);
    return { models, clients, placeholders };
  });
  const [client, setClient] = useState<string>(ANY);
  const [chosen, setChosen] = useState<string | null>(null);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!value) return null;
  const { models, clients, placeholders } = value;
  const model = chosen ?? models[0]?.id;
  if (!model) return <p class="hint">{keys.openPersona}</p>;
  const fillIn = (text: string) =>
    text.replaceAll(placeholders.key, apiKey).replaceAll(placeholders.model, model);
  return (
    <>
      <Selection label={keys.model} options={models} chosen={model} onChoose={setChosen} />
      <Selection
        label={keys.client}
        options={[{ id: ANY, name: keys.anyClient }, ...clients]}
        chosen={client}
        onChoose={setClient}
      />
      <Guided guide={clients.find(({ id }) => id === client) ?? anyClient(placeholders)} fillIn={fillIn} />
    </>
  );
}

const ANY = "any";

type Placeholders = Omit<Connections, "clients">;
type Guide = Connections["clients"][number];

/** What most programs take that speak to such a server. */
const anyClient = ({ base_url, key, model }: Placeholders): Guide => {
  const text = `OPENAI_BASE_URL=${base_url}\nOPENAI_API_KEY=${key}\nOPENAI_MODEL=${model}`;
  return { id: ANY, name: ANY, steps: [], file: { name: ".env", language: "sh", text } };
};

/** A client's own steps, which name its fields as it does, and what is copied. */
function Guided({ guide: { steps, file }, fillIn }: { guide: Guide; fillIn: (text: string) => string }) {
  return (
    <>
      {steps.length > 0 && (
        <ol class="steps" lang="en">
          {steps.map((step) => (
            <li key={step}>{fillIn(step)}</li>
          ))}
        </ol>
      )}
      {file && <CodeBlock text={fillIn(file.text)} language={file.name} />}
    </>
  );
}

type SelectionProps = {
  label: string;
  options: { id: string; name: string }[];
  chosen: string;
  onChoose: (id: string) => void;
};

function Selection({ label, options, chosen, onChoose }: SelectionProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}
