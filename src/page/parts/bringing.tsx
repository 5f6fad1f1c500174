import { useEffect, useId, useState } from "preact/hooks";

import { percent } from "../amounts";
import { arrivals, bringChats, clearArrivals, receive, stopJob, type Arrival } from "../bringing";
import { brought } from "../brought";
import { route } from "../route";
import { personas } from "../store";
import { strings } from "../strings/all";
import type { Import, ImportedPersona } from "../types";
import { announce } from "./announcer";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Report, whatCameIn } from "./import-report";
import { useTask } from "./use-task";
import "../style/said.css";

const close = () => {
  brought.value = null;
  clearArrivals();
};

/** Where cards and chats come in: what was brought, how far each file is, and what has become of it. */
export function Bringing() {
  const { bringing } = strings.value;
  const files = brought.value;
  useEffect(() => {
    if (!files?.length) return;
    brought.value = [];
    void receive(files);
  }, [files]);
  const waits = arrivals.value.some(({ state }) => state.value.name === "waiting");
  return (
    <Dialog title={bringing.title} onClose={close}>
      <p>{bringing.lead}</p>
      <ul class="rows">
        {arrivals.value.map((arrival) => (
          <Row key={arrival.id} arrival={arrival} />
        ))}
      </ul>
      {waits ? <WithWhom /> : <Choose />}
    </Dialog>
  );
}

function Choose() {
  const { bringing } = strings.value;
  const id = useId();
  return (
    <div class="actions">
      <label class="button file" for={id}>
        {bringing.choose}
        <input
          id={id}
          type="file"
          multiple
          class="unseen"
          onChange={({ currentTarget }) => {
            void receive([...(currentTarget.files ?? [])]);
            // The same file may be chosen again.
            currentTarget.value = "";
          }}
        />
      </label>
      <button type="button" class="button strong" onClick={close}>
        {strings.value.errors.close}
      </button>
    </div>
  );
}

/** Chats from elsewhere know no persona of here: they can be given one. */
function WithWhom() {
  const { bringing, persona } = strings.value;
  const id = useId();
  const here = route.value.name === "persona" ? String(route.value.id) : "";
  const [chosen, setChosen] = useState(here);
  const begin = (event: Event) => {
    event.preventDefault();
    bringChats(chosen === "" ? null : Number(chosen));
  };
  return (
    <form onSubmit={begin}>
      <div class="field">
        <label for={id}>{bringing.withWhom}</label>
        <select id={id} value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          <option value="">{bringing.asTheFileSays}</option>
          {personas.value?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={close}>
          {persona.cancel}
        </button>
        <button type="submit" class="button strong">
          {bringing.begin}
        </button>
      </div>
    </form>
  );
}

function Row({ arrival: { file, kind, state } }: { arrival: Arrival }) {
  const { bringing } = strings.value;
  const now = state.value;
  return (
    <li class="arrival">
      <p>
        <strong>{file.name}</strong>
        <small>{bringing.kinds[kind]}</small>
      </p>
      {now.name === "sending" && (
        <Share value={now.share} label={bringing.sending(file.name)}>
          {percent(now.share)}
        </Share>
      )}
      {now.name === "running" && <Running job={now.job} />}
      {now.name === "done" && <Done job={now.job} />}
      {now.name === "here" && <Here arrived={now.arrived} />}
      {now.name === "failed" && <FailureNotice failure={now.failure} />}
    </li>
  );
}

const Share = ({ value, label, children }: { value: number; label: string; children: string }) => (
  <div class="how-far">
    <progress max={1} value={value} aria-label={label} />
    <small>{children}</small>
  </div>
);

function Running({ job }: { job: Import }) {
  const { bringing } = strings.value;
  const { failure, run } = useTask();
  const { total, done } = job.bytes;
  return (
    <>
      <Share value={done / Math.max(1, total)} label={bringing.reading(job.name)}>
        {whatCameIn(job)}
      </Share>
      {failure && <FailureNotice failure={failure} />}
      <button type="button" class="link" onClick={(event) => void run(event, () => stopJob(job.id))}>
        {bringing.stop}
      </button>
    </>
  );
}

function Done({ job }: { job: Import }) {
  const { bringing } = strings.value;
  useEffect(() => announce(`${job.name}: ${whatCameIn(job)}`), []);
  return (
    <>
      {job.error && (
        <p class="hint alarm" role="alert">
          {job.error.detail}
        </p>
      )}
      {job.state === "cancelled" && <p class="hint">{bringing.stopped}</p>}
      <p class="what-came">{whatCameIn(job)}</p>
      {job.report_lines > 0 && <Report id={job.id} isOpen onLeave={close} />}
    </>
  );
}

function Here({ arrived: { persona, warnings } }: { arrived: ImportedPersona }) {
  const { bringing } = strings.value;
  useEffect(() => announce(bringing.here(persona.name)), []);
  return (
    <>
      <a class="button" href={`/p/${persona.id}`} onClick={close}>
        {bringing.meet(persona.name)}
      </a>
      {warnings.length > 0 && (
        <ul class="lines">
          {warnings.map(({ detail }) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </>
  );
}
