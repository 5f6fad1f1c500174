import { Failure, failureOf } from "./failure";
import { accessToken } from "./session";
import type {
  Branch,
  Conversation,
  Message,
  OpenedConversation,
  Persona,
  RunningTurn,
  Tag,
  User,
} from "./types";

export type Call = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: object;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * Asks the server as whoever is signed in. A token that has just expired is renewed once.
 * @throws Failure
 */
export async function request(path: string, call: Call = {}): Promise<Response> {
  const response = await attempt(path, call, await accessToken());
  if (response.ok) return response;
  const failure = await failureOf(response);
  if (failure.code !== "unauthenticated") throw failure;
  const again = await attempt(path, call, await accessToken({ renew: true }));
  if (!again.ok) throw await failureOf(again);
  return again;
}

const attempt = (path: string, { method, body, headers, signal }: Call, token: string): Promise<Response> =>
  fetch(path, {
    method: method ?? (body ? "POST" : "GET"),
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: "application/json",
      ...(body && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch(() => {
    throw new Failure(0);
  });

/** @throws Failure */
export const json = async <T>(path: string, call?: Call): Promise<T> =>
  (await (await request(path, call)).json()) as T;

/** Some rows, the address of those after them, and what state they are of. */
export type Page<T> = { items: T[]; next: string | null; tag: string | null };

/** The address of the page after this one, as its Link header has it. */
export const nextOf = ({ headers }: Response): string | null =>
  /<([^>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? null;

/** @throws Failure */
export async function page<T>(path: string, call?: Call): Promise<Page<T>> {
  const response = await request(path, call);
  return { items: (await response.json()) as T[], next: nextOf(response), tag: response.headers.get("etag") };
}

/** Every page of a list, one after the other. */
export async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | null = path; next !== null;) {
    const part: Page<T> = await page<T>(next);
    items.push(...part.items);
    next = part.next;
  }
  return items;
}

export type Traits = Pick<
  Persona,
  "name" | "description" | "relation_type" | "greeting" | "alternate_greetings"
>;
/** `temporary: false` keeps a conversation that was to be gone after a day. */
export type Changes = Partial<
  Pick<Conversation, "title" | "is_active" | "pinned" | "folder_id" | "tag_ids"> & { temporary: false }
>;
const talk = (id: number) => `/chat/conversations/${id}`;

/** The API, as far as the page uses it. Each throws a `Failure`. */
export const api = {
  me: () => json<User>("/auth/me"),

  personas: () => all<Persona>("/personas?limit=100"),
  createPersona: (traits: Traits) => json<Persona>("/personas", { body: traits }),
  updatePersona: (id: number, traits: Traits) =>
    json<Persona>(`/personas/${id}`, { method: "PUT", body: traits }),
  deletePersona: (id: number) => json(`/personas/${id}`, { method: "DELETE" }),

  conversations: (address = "/chat/conversations?limit=100") => page<Conversation>(address),
  pinned: async () => (await page<Conversation>("/chat/conversations?limit=100&pinned=true")).items,
  /** The newest with a persona. */
  conversationsWith: (id: number) => page<Conversation>(`/chat/conversations?limit=100&persona_id=${id}`),
  /** Tags and folders. */
  tags: () => json<Tag[]>("/chat/tags"),
  conversation: (id: number) => json<OpenedConversation>(talk(id)),
  createConversation: (persona_id: number, temporary: boolean) =>
    json<Conversation>("/chat/conversations", { body: { persona_id, temporary } }),
  changeConversation: (id: number, changes: Changes) =>
    json<Conversation>(talk(id), { method: "PUT", body: changes }),
  deleteConversation: (id: number) => json(talk(id), { method: "DELETE" }),

  messages: (id: number, limit = 100) => page<Message>(`${talk(id)}/messages?limit=${limit}&variants=true`),
  messagesAt: (address: string) => page<Message>(address),

  send: (id: number, content: string, turn: TurnCall) => turnStream(`${talk(id)}/send`, turn, { content }),
  regenerate: (id: number, messageId: number, turn: TurnCall) =>
    turnStream(`${talk(id)}/messages/${messageId}/regenerate`, turn),
  edit: (id: number, messageId: number, content: string, turn: TurnCall) =>
    turnStream(`${talk(id)}/messages/${messageId}/edit`, turn, { content, answer: true }),
  goOn: (id: number, messageId: number, turn: TurnCall) =>
    turnStream(`${talk(id)}/messages/${messageId}/continue`, turn),

  /** Puts other words beside a message, without an answer to them. */
  rewrite: (id: number, messageId: number, content: string, seen: Seen) =>
    json<Edited>(`${talk(id)}/messages/${messageId}/edit`, { body: { content }, headers: ifMatch(seen) }),
  variants: (id: number, messageId: number) =>
    all<Message>(`${talk(id)}/messages/${messageId}/variants?limit=100`),
  select: (id: number, messageId: number, seen: Seen) =>
    json(`${talk(id)}/messages/${messageId}/select`, { method: "POST", headers: ifMatch(seen) }),
  branches: (id: number, address = `${talk(id)}/branches?limit=50`) => page<Branch>(address),
  fork: (id: number, copy: { message_id?: number; branches?: "all" }) =>
    json<Conversation>(`${talk(id)}/fork`, { body: copy }),
  /** `subtree`: and all that follows it, on every branch. */
  deleteMessage: (messageId: number, subtree: boolean, seen: Seen) =>
    json<Deleted>(`/chat/messages/${messageId}?subtree=${subtree}`, {
      method: "DELETE",
      headers: ifMatch(seen),
    }),
  undo: (id: number, seen: Seen) => json(`${talk(id)}/undo`, { method: "POST", headers: ifMatch(seen) }),

  running: async (id: number) => {
    const response = await request(`${talk(id)}/turns/current`);
    return response.status === 204 ? null : ((await response.json()) as RunningTurn);
  },
  follow: (id: number, turnId: string, after: number) =>
    request(`${talk(id)}/turns/${turnId}/events?after=${after}`, {
      headers: { Accept: "text/event-stream" },
    }),
  stop: (id: number, turnId: string) => json(`${talk(id)}/turns/${turnId}/stop`, { method: "POST" }),
};

/**
 * `key` makes the same request, sent again, the same turn; `after` is the last event seen of it; `seen` the state of the
 * conversation that whoever asks has before them, where it matters.
 */
export type TurnCall = { key: string; after: number; seen?: Seen };
type Seen = string | null;
type Edited = { user_message: Message | null; assistant_message: Message | null };
type Deleted = { deleted: number };

const ifMatch = (seen: Seen | undefined): Record<string, string> => (seen ? { "If-Match": seen } : {});

const turnStream = (path: string, { key, after, seen }: TurnCall, body: object = {}): Promise<Response> =>
  request(path, {
    body: { ...body, stream: true },
    headers: {
      Accept: "text/event-stream",
      "Idempotency-Key": key,
      ...ifMatch(seen),
      ...(after > 0 && { "Last-Event-ID": String(after) }),
    },
  });
