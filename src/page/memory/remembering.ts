import { all, api, json } from "../api";
import type { Fact, FactKind, Persona, Recall, User } from "../types";

export type Told = { text: string; kind: FactKind; is_pinned: boolean };

/** In the order in which they are shown. */
export const KINDS: readonly FactKind[] = [
  "name",
  "age",
  "kin",
  "pet",
  "home",
  "work",
  "plan",
  "like",
  "dislike",
  "other",
];

const memory = (personaId: number) => `/personas/${personaId}/memory`;

/** What a persona remembers, as far as the page uses it. Each throws a `Failure`. */
export const remembering = {
  /** Whether anything is remembered here of who is signed in: it may have changed since they came. */
  mode: async (): Promise<User["memory"]> => (await api.me()).memory,
  /** With what no longer holds. */
  facts: (id: number) => all<Fact>(`${memory(id)}?past=true&limit=100`),
  tell: (id: number, told: Told) => json<Fact>(memory(id), { body: told }),
  /** Whatever is changed, and nothing too, confirms a suggestion. */
  change: (id: number, factId: number, changes: Partial<Told>) =>
    json<Fact>(`${memory(id)}/${factId}`, { method: "PUT", body: changes }),
  forget: (id: number, factId: number) => json(`${memory(id)}/${factId}`, { method: "DELETE" }),
  forgetAll: (id: number) => json(memory(id), { method: "DELETE" }),
  search: (id: number, question: string) =>
    json<Recall>(`${memory(id)}/search?${new URLSearchParams({ q: question })}`),
  turn: (id: number, to: "on" | "off") =>
    json<Persona>(`/personas/${id}`, { method: "PUT", body: { memory: to } }),
};
