import { signal, type Signal } from "@preact/signals";

import { json, page, request, type Page } from "./api";
import { Failure, failureOf, isPassing, toFailure } from "./failure";
import { kindOf, type Kind } from "./file-kinds";
import { beforeTry } from "./network";
import { accessToken } from "./session";
import { loadLists, putPersona, tell } from "./store";
import { eventsIn } from "./stream";
import type { Import, ImportedPersona, ImportLine } from "./types";

export type State =
  /** Chats, until it is said with whom they are to be. */
  | { name: "waiting" }
  /** How much of it the server has: 0 to 1. */
  | { name: "sending"; share: number }
  | { name: "running" | "done"; job: Import }
  | { name: "here"; arrived: ImportedPersona }
  | { name: "failed"; failure: Failure };

/** A file that somebody has brought, and what has become of it. */
export type Arrival = { id: number; file: File; kind: Kind; state: Signal<State> };

export const arrivals = signal<Arrival[]>([]);
let last = 0;

/** Takes files: a card becomes a persona at once, chats wait until it is said with whom they are to be. */
export async function receive(files: File[]): Promise<void> {
  for (const file of files) {
    const arrival: Arrival = {
      id: ++last,
      file,
      kind: await kindOf(file),
      state: signal({ name: "waiting" }),
    };
    arrivals.value = [...arrivals.value, arrival];
    if (arrival.kind === "card") inTurn(arrival, () => bringCard(arrival));
  }
}

/** Brings in all chats that wait, with that persona or (null) with whom the files say. */
export function bringChats(personaId: number | null): void {
  for (const arrival of arrivals.value)
    if (arrival.state.value.name === "waiting") inTurn(arrival, () => bringFile(arrival, personaId));
}

/** Forgets all that have come to an end. */
export function clearArrivals(): void {
  const isOpen = ({ state }: Arrival) => state.value.name === "sending" || state.value.name === "running";
  arrivals.value = arrivals.value.filter(isOpen);
}

let turn: Promise<void> = Promise.resolve();

/** One file after the other: the server takes no more of a user at once. */
function inTurn({ state }: Arrival, work: () => Promise<void>): void {
  state.value = { name: "sending", share: 0 };
  turn = turn.then(work).catch((error: unknown) => {
    state.value = { name: "failed", failure: toFailure(error) };
  });
}

async function bringCard({ file, state }: Arrival): Promise<void> {
  const arrived = await upload<ImportedPersona>("/personas/import", file, state);
  putPersona(arrived.persona);
  state.value = { name: "here", arrived };
}

async function bringFile({ file, state }: Arrival, personaId: number | null): Promise<void> {
  const query = new URLSearchParams({ name: file.name.slice(0, 255) });
  if (personaId !== null) query.set("persona_id", String(personaId));
  const job = await follow(await upload<Import>(`/imports?${query}`, file, state), state);
  state.value = { name: "done", job };
  await loadLists();
  tell({ lists: true });
}

const isOver = ({ state }: Import): boolean =>
  state === "done" || state === "failed" || state === "cancelled";

/** Follows a file until all of it is in, however often the connection breaks. */
async function follow(begun: Import, state: Signal<State>): Promise<Import> {
  let job = begun;
  for (let tries = 0; !isOver(job); tries++) {
    state.value = { name: "running", job };
    try {
      const headers = { Accept: "text/event-stream" };
      for await (const { data } of eventsIn(await request(`/imports/${job.id}/events`, { headers }))) {
        job = (JSON.parse(data) as Import | null) ?? { ...job, state: "cancelled" };
        state.value = { name: "running", job };
        tries = 0;
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    if (!isOver(job)) await beforeTry(tries);
  }
  return job;
}

/** Sends a file, and tells how much of it has gone: `fetch` does not know. @throws Failure */
async function upload<T>(path: string, file: File, state: Signal<State>): Promise<T> {
  const asked = new XMLHttpRequest();
  asked.open("POST", path);
  asked.setRequestHeader("Authorization", `Bearer ${await accessToken()}`);
  asked.setRequestHeader("Content-Type", "application/octet-stream");
  asked.setRequestHeader("Accept", "application/json");
  asked.upload.addEventListener("progress", ({ loaded, total }) => {
    state.value = { name: "sending", share: loaded / total };
  });
  const response = await new Promise<Response>((resolve, reject) => {
    asked.addEventListener("load", () => resolve(new Response(asked.responseText, { status: asked.status })));
    asked.addEventListener("error", () => reject(new Failure(0)));
    asked.send(file);
  });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T;
}

/** Stops bringing in a file; what came in stays. @throws Failure */
export const stopJob = (id: string) => json(`/imports/${id}`, { method: "DELETE" });

/** What came in, what was there already, and what was left out and why. @throws Failure */
export const reportOf = (
  id: string,
  address = `/imports/${id}/report?limit=100`,
): Promise<Page<ImportLine>> => page<ImportLine>(address);

/** What was brought in within a day, the newest first. @throws Failure */
export const recentJobs = () => json<Import[]>("/imports");
