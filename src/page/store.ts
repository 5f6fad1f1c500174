import { computed, signal } from "@preact/signals";

import { api } from "./api";
import { toFailure, type Failure } from "./failure";
import type { Conversation, Persona, User } from "./types";

export const user = signal<User | null>(null);
export const personas = signal<Persona[] | null>(null);
/** Most recently updated first, as far as they were read; `older` is the address of the rest. */
export const conversations = signal<Conversation[] | null>(null);
export const older = signal<string | null>(null);
/** Why the lists could not be read. */
export const failure = signal<Failure | null>(null);

const personasById = computed(() => new Map((personas.value ?? []).map((one) => [one.id, one])));
const conversationsById = computed(() => new Map((conversations.value ?? []).map((one) => [one.id, one])));
export const personaOf = (id: number | undefined): Persona | undefined => personasById.value.get(id ?? 0);
export const conversationOf = (id: number): Conversation | undefined => conversationsById.value.get(id);

/** When somebody was last talked to. */
export const lastTalks = computed(() => {
  const last = new Map<number, string>();
  for (const { persona_id, updated_at } of conversations.value ?? [])
    if ((last.get(persona_id) ?? "") < updated_at) last.set(persona_id, updated_at);
  return last;
});

/** What one tab has changed, for the others. */
export type News = { lists: true } | { talk: number };
const channel = new BroadcastChannel("news");
const listeners = new Set<(news: News) => void>();
export const tell = (news: News): void => channel.postMessage(news);
export const onNews = (listener: (news: News) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
channel.addEventListener("message", ({ data }: MessageEvent<News>) => {
  if ("lists" in data) void loadLists();
  for (const listener of listeners) listener(data);
});

/** Reads the people and the newest conversations; what was read further back stays. */
export async function loadLists(): Promise<void> {
  try {
    const [people, { items, next }] = await Promise.all([api.personas(), api.conversations()]);
    personas.value = people;
    const known = conversations.value;
    const last = items.at(-1);
    const behind = next && last ? (known ?? []).filter((one) => isBefore(one, last)) : [];
    if (behind.length === 0) older.value = next;
    conversations.value = [...items, ...behind];
    failure.value = null;
  } catch (error) {
    failure.value = toFailure(error);
  }
}

const isBefore = (one: Conversation, other: Conversation): boolean =>
  one.updated_at < other.updated_at || (one.updated_at === other.updated_at && one.id < other.id);

export async function loadUser(): Promise<void> {
  user.value ??= await api.me().catch(() => null);
}

let reading: Promise<void> | null = null;

/** Reads the next page of older conversations, or all of them. */
export function loadOlder({ all = false } = {}): Promise<void> {
  reading ??= readOlder().finally(() => (reading = null));
  return all ? reading.then(() => (older.value && !failure.value ? loadOlder({ all }) : undefined)) : reading;
}

async function readOlder(): Promise<void> {
  if (older.value === null) return;
  try {
    const { items, next } = await api.conversations(older.value);
    const known = conversationsById.value;
    conversations.value = [...(conversations.value ?? []), ...items.filter(({ id }) => !known.has(id))];
    older.value = next;
  } catch (error) {
    failure.value = toFailure(error);
  }
}

/** Puts a conversation where it now belongs in the list. */
export function putConversation(changed: Conversation): void {
  const others = (conversations.value ?? []).filter(({ id }) => id !== changed.id);
  const place = others.findIndex((one) => isBefore(one, changed));
  conversations.value = others.toSpliced(place < 0 ? others.length : place, 0, changed);
}

export function dropConversation(id: number): void {
  conversations.value = (conversations.value ?? []).filter((one) => one.id !== id);
  tell({ lists: true });
}

export function putPersona(changed: Persona): void {
  const list = personas.value ?? [];
  const known = list.some(({ id }) => id === changed.id);
  personas.value = known ? list.map((one) => (one.id === changed.id ? changed : one)) : [...list, changed];
  tell({ lists: true });
}

export function dropPersona(id: number): void {
  personas.value = (personas.value ?? []).filter((one) => one.id !== id);
  conversations.value = (conversations.value ?? []).filter((one) => one.persona_id !== id);
  tell({ lists: true });
}
