import { randomUUID } from "node:crypto";

import { api, openStream } from "../live/client.ts";
import { startServer } from "../live/server.ts";
import { startUpstream, type Call, type Step } from "../live/upstream.ts";
import type { Trouble } from "./trouble.ts";

export type Message = {
  id: number;
  role: string;
  content: string;
  status: string;
  error_code: string | null;
  turn_id: string;
  usage: { estimated: boolean } | null;
};
/** What ends a turn: the terminal event's data, or the JSON answer. */
export type Ending = { code?: string; assistant_message?: Message; user_message?: Message };
export type Event = {
  id: number;
  event: string;
  data: Ending & { turn_id?: string; text?: string };
  at: number;
};

/** The rows of the database, as they are. */
export type Rows = {
  calls: number;
  messages: { id: number; role: string; content: string; status: string }[];
  ledger: { id: string; outcome: string; estimated: number; completion_tokens: number }[];
};

type SendOptions = { key?: string; path?: string };

export type House = Awaited<ReturnType<typeof openHouse>>;
export type Talk = Awaited<ReturnType<House["talk"]>>;

/** A server whose bindings can fail, and an upstream whose script follows from what it is told. */
export async function openHouse(vars: Record<string, string> = {}) {
  const scripts = new Map<string, Step[]>();
  const upstream = await startUpstream();
  // What is recalled may stand before it in the same message.
  const lastWords = ({ body }: Call) => {
    const said = body.messages?.at(-1)?.content ?? "";
    return /Please do as planned: \S+$/.exec(said)?.[0] ?? said;
  };
  upstream.always((call) => scripts.get(lastWords(call)) ?? []);
  const server = await startServer({
    main: "test/faults/worker/index.ts",
    vars: { OPENAI_API_KEY: "sk-faults", OPENAI_BASE_URL: upstream.url, RATE_LIMITS: "off", ...vars },
  });
  const body = { email: `user-${randomUUID()}@example.com`, password: "password123" };
  const { access_token: token } = await api<{ access_token: string }>(`${server.url}/auth/register`, {
    body,
  });
  const character = { name: "Alex", description: "An old friend", relation_type: "friend" };

  return {
    server,
    upstream,
    token,
    /** A message that the upstream will answer in this way. */
    ask: (steps: Step[]) => {
      const content = `Please do as planned: ${randomUUID()}`;
      scripts.set(content, steps);
      return content;
    },
    /** The upstream's calls about a message. */
    callsFor: (content: string) => upstream.calls.filter((call) => lastWords(call) === content),
    /** A new conversation, with a persona of its own or with one that is there. */
    async talk(personaId?: number) {
      const persona = personaId
        ? { id: personaId }
        : await api<{ id: number }>(`${server.url}/personas`, { token, body: character });
      const { id } = await api<{ id: number }>(`${server.url}/chat/conversations`, {
        token,
        body: { title: "A talk", persona_id: persona.id },
      });
      const url = `${server.url}/chat/conversations/${id}`;
      const door = `${server.url}/faults/${id}`;
      const headers = ({ key }: SendOptions): Record<string, string> =>
        key ? { "idempotency-key": key } : {};
      return {
        id,
        url,
        token,
        personaId: persona.id,
        stream: (content: string, { path = "/send", ...options }: SendOptions = {}) =>
          openStream(`${url}${path}`, { token, body: { content, stream: true }, headers: headers(options) }),
        send: (content: string, { path = "/send", ...options }: SendOptions = {}) =>
          fetch(`${url}${path}`, {
            method: "POST",
            headers: {
              authorization: `Bearer ${token}`,
              "content-type": "application/json",
              ...headers(options),
            },
            body: JSON.stringify({ content }),
          }),
        follow: (turnId: string, after: number) =>
          openStream(`${url}/turns/${turnId}/events`, { token, headers: { "last-event-id": String(after) } }),
        stop: (turnId: string) =>
          api<{ status: string; assistant_message: Message }>(`${url}/turns/${turnId}/stop`, {
            token,
            method: "POST",
          }),
        history: () => api<Message[]>(`${url}/messages`, { token }),
        /** What the database holds, without asking the conversation's object. */
        rows: () => api<Rows>(door),
        trouble: (body: Omit<Trouble, "calls">) => api<Rows>(door, { method: "PUT", body }),
        evict: () => api<Rows>(door, { method: "DELETE" }),
      };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await upstream.stop();
    },
  };
}

type Stream = Awaited<ReturnType<typeof openStream>>;

/** The events of a stream as they come; a connection that breaks ends them. */
export async function* eventsOf({ events }: Stream): AsyncGenerator<Event> {
  try {
    for await (const { id, event, data } of events) {
      yield { id: Number(id), event: event ?? "", data: JSON.parse(data) as Event["data"], at: Date.now() };
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
  }
}

export async function readAll(stream: Stream): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of eventsOf(stream)) all.push(event);
  return all;
}

export const isTerminal = ({ event }: Event) => /^turn\.(completed|stopped|interrupted|failed)$/.test(event);
export const textOf = (events: Event[]) =>
  events.map(({ event, data }) => (event === "delta" ? (data.text ?? "") : "")).join("");

/** Runs a trial for each item, so many at a time. */
export async function inParallel<T, R>(
  atOnce: number,
  items: T[],
  trial: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const todo = items.entries();
  const worker = async () => {
    for (const [index, item] of todo) results[index] = await trial(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Asks until the answer will do. */
export async function until<T>(
  ask: () => Promise<T>,
  enough: (answer: T) => boolean,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (enough(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Numbers from 0 to 1 that follow from FAULTS_SEED and a name (mulberry32). */
export function random(name: string): () => number {
  let state = [...`${process.env.FAULTS_SEED}${name}`].reduce(
    (sum, c) => (sum * 31 + c.charCodeAt(0)) | 0,
    7,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
