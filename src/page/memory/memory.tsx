import { useState } from "preact/hooks";

import { Confirm } from "../parts/dialog";
import { FailureNotice } from "../parts/failure-notice";
import { Side } from "../parts/side";
import { useRead } from "../parts/use-read";
import { useTask } from "../parts/use-task";
import { lastTalks, personaOf, putPersona } from "../store";
import type { Persona, User } from "../types";
import { Facts } from "./facts";
import { remembering } from "./remembering";
import { Search } from "./search";
import { strings } from "../strings/all";

/** What a persona remembers of its user: seen, searched, told, corrected, pinned and forgotten. */
export function Memory({ personaId }: { personaId: number }) {
  const persona = personaOf(personaId);
  if (!persona) return null;
  return (
    <Side title={strings.value.room.memory(persona.name)} personaId={personaId}>
      <Inside persona={persona} />
    </Side>
  );
}

type Props = { persona: Persona };

/** Read anew after each thing that is said with the persona. */
function Inside({ persona }: Props) {
  const read = async () => {
    const [mode, facts] = await Promise.all([remembering.mode(), remembering.facts(persona.id)]);
    return { mode, facts };
  };
  const about = [persona.id, persona.memory, lastTalks.value.get(persona.id)];
  const { value, failure, again } = useRead(read, about);
  if (failure) return <FailureNotice failure={failure} onAgain={again} />;
  if (!value) return <p class="waiting">{strings.value.loading}</p>;
  const { mode, facts } = value;
  return (
    <>
      <State persona={persona} mode={mode} />
      {mode === "on" && persona.memory === "on" && <Search persona={persona} onChange={again} />}
      <Facts persona={persona} facts={facts} mayTell={mode === "on"} onChange={again} />
      <ForgetAll persona={persona} onDone={again} />
    </>
  );
}

/** Whether anything is remembered at all: the user's choice, where it is theirs. */
function State({ persona, mode }: Props & { mode: User["memory"] }) {
  const { memory } = strings.value;
  const { busy, failure, run } = useTask();
  if (mode !== "on") return <p class="card">{mode === "minor" ? memory.minor : memory.none}</p>;
  const isOn = persona.memory === "on";
  const turn = async () => putPersona(await remembering.turn(persona.id, isOn ? "off" : "on"));
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          disabled={busy}
          onChange={(event) => void run(event, turn)}
        />
        <span>
          {memory.switch}
          <small>{isOn ? memory.on(persona.name) : memory.off(persona.name)}</small>
        </span>
      </label>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

function ForgetAll({ persona, onDone }: Props & { onDone: () => void }) {
  const { memory } = strings.value;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="button danger" onClick={() => setAsking(true)}>
        {memory.forgetAll}
      </button>
      {asking && (
        <Confirm
          title={memory.forgetAllTitle(persona.name)}
          text={memory.forgetAllText(persona.name)}
          yes={memory.yesForget}
          onClose={() => setAsking(false)}
          onYes={async () => {
            await remembering.forgetAll(persona.id);
            onDone();
          }}
        />
      )}
    </>
  );
}
