import { computed, signal } from "@preact/signals";

import { api } from "./api";
import { toFailure, type Failure } from "./failure";
import type { Conversation, Persona, Tag, User } from "./types";

export const user = signal<User | null>(null);
export const personas = signal<Persona[] | null>(null);
/** Most recently updated first, as far as they were read; `older` is the address of the rest. */
export const conversations = signal<Conversation[] | null>(null);
export const older = signal<string | null>(null);
/** Those that are pinned, however long ago they were talked in, in the same order. */
export const pinned = signal<Conversation[]>([]);
/** Tags and folders, in the order they were made. */
export const tags = signal<Tag[]>([]);
/** Why the lists could not be read. */
export const failure = signal<Failure | null>(null);

const personasById = computed(() => new Map((personas.value ?? []).map((one) => [one.id, one])));
const conversationsById = computed(
  () => new Map([...pinned.value, ...(conversations.value ?? [])].map((one) => [one.id, one])),
);
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
    const [people, { items, next }, pins, marks] = await Promise.all([
      api.personas(),
      api.conversations(),
      api.pinned(),
      api.tags(),
    ]);
    personas.value = people;
    pinned.value = pins;
    tags.value = marks;
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
    const known = new Set((conversations.value ?? []).map(({ id }) => id));
    conversations.value = [...(conversations.value ?? []), ...items.filter(({ id }) => !known.has(id))];
    older.value = next;
  } catch (error) {
    failure.value = toFailure(error);
  }
}

/** Puts a conversation where it now belongs in the list. */
export function putConversation(changed: Conversation): void {
  conversations.value = placed(conversations.value ?? [], changed);
  pinned.value = changed.pinned ? placed(pinned.value, changed) : without(pinned.value, changed.id);
}

const without = (list: Conversation[], gone: number) => list.filter(({ id }) => id !== gone);

function placed(list: Conversation[], changed: Conversation): Conversation[] {
  const others = without(list, changed.id);
  const place = others.findIndex((one) => isBefore(one, changed));
  return others.toSpliced(place < 0 ? others.length : place, 0, changed);
}

export function dropConversation(id: number): void {
  conversations.value = without(conversations.value ?? [], id);
  pinned.value = without(pinned.value, id);
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
  const isTheirs = ({ persona_id }: Conversation) => persona_id === id;
  conversations.value = (conversations.value ?? []).filter((one) => !isTheirs(one));
  pinned.value = pinned.value.filter((one) => !isTheirs(one));
  tell({ lists: true });
}
