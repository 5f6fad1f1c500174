import { randomUUID } from "node:crypto";

import { api, openStream } from "../live/client.ts";
import { reply, type Call, type Step } from "../live/upstream.ts";
import { until, type House, type Rows, type Talk } from "./house.ts";

/** What stands in a frame's `data`, of whichever dialect. */
type Frame = {
  type?: string;
  sequence_number?: number;
  response?: { id: string; status: string };
  id?: string;
  choices?: { delta: { content?: string } }[];
  delta?: string;
  messageId?: string;
};
export type Seen = { data: string; at: number };

/** What a client asks with: its persona as a model, what it says, and where. */
type Asked = { model: string; content: string; talk: Talk; chatId: string };

/** How a client of another API has a message answered. */
export type Dialect = {
  name: string;
  path: string;
  /** Whether who hangs up stops it. */
  stops: boolean;
  kept: boolean;
  body: (asked: Asked) => object;
  headers?: (asked: Asked) => Record<string, string>;
  /** How many frames come before the first word. */
  head: number;
  /** How many follow the last one. */
  tail: number;
};

const chat = {
  path: "/chat/completions",
  stops: true,
  head: 1,
  tail: 2,
  body: ({ content }: Asked) => ({ messages: [{ role: "user", content }] }),
};
const responses = { path: "/responses", stops: true, head: 4, tail: 4 };
const inOurs = ({ content: input, talk }: Asked) => ({ input, conversation: `conv_${talk.id}` });

export const DIALECTS: Dialect[] = [
  { ...chat, name: "chat completions, kept nowhere", kept: false },
  {
    ...chat,
    name: "chat completions in ours",
    kept: true,
    headers: ({ talk }) => ({ "x-conversation-id": `${talk.id}` }),
  },
  {
    ...chat,
    name: "chat completions in theirs",
    kept: true,
    headers: ({ chatId }) => ({ "x-chat-id": chatId }),
  },
  {
    ...responses,
    name: "responses, kept nowhere",
    kept: false,
    body: ({ content: input }) => ({ input, store: false }),
  },
  { ...responses, name: "responses in ours", kept: true, body: inOurs },
  { ...responses, name: "responses in a new one", kept: true, body: ({ content: input }) => ({ input }) },
  {
    ...responses,
    name: "responses in the background",
    kept: true,
    stops: false,
    body: (asked) => ({ ...inOurs(asked), background: true }),
  },
  {
    name: "UI message stream",
    path: "/ui/chat",
    kept: true,
    stops: false,
    head: 2,
    tail: 4,
    body: ({ content: text, chatId: id }) => ({
      id,
      messages: [{ role: "user", parts: [{ type: "text", text }] }],
    }),
  },
];

const frameOf = ({ data }: Seen) => (data === "[DONE]" ? {} : JSON.parse(data)) as Frame;
const textIn = ({ choices, type, delta }: Frame) =>
  choices?.[0]?.delta.content ?? (type?.endsWith("text-delta") || type?.endsWith("text.delta") ? delta : "");
export const textOf = (seen: Seen[]) => seen.map((each) => textIn(frameOf(each)) ?? "").join("");
/** How many frames say that it has ended, whichever way. */
export const endsIn = (seen: Seen[]) =>
  seen.filter(({ data }) => /^\[DONE\]$|"type":"response\.(completed|incomplete|failed)"/.test(data)).length;
/** The number of a response's last event that was seen. */
export const lastNumber = (seen: Seen[]) => frameOf(seen.at(-1)!).sequence_number ?? 0;

/** The id of the reply that a client has heard of, if it has. */
export function replyIn([first]: Seen[]): number | null {
  const { id, response, messageId } = first ? frameOf(first) : {};
  const number = /_(\d+)$/.exec(response?.id ?? messageId ?? id ?? "")?.[1];
  return number === undefined ? null : Number(number);
}

/** A message's id holds its conversation's. */
const conversationOf = (reply: number) => Math.floor(reply / 2 ** 20);

/** The frames of a stream as they come; a connection that breaks ends them. */
export async function* framesOf({ events }: Awaited<ReturnType<typeof openStream>>): AsyncGenerator<Seen> {
  try {
    for await (const { data } of events) yield { data, at: Date.now() };
  } catch {
    // What was seen was seen.
  }
}

/** A client that speaks a dialect, about to say something that the upstream answers with these steps. */
export async function newClient(house: House, dialect: Dialect, steps: Step[]) {
  const talk = await house.talk();
  const content = house.ask(steps);
  const asked = { model: `alex-${talk.personaId}`, content, talk, chatId: randomUUID() };
  const base = `${house.server.url}/v1`;
  const { token } = talk;
  const key = { "idempotency-key": randomUUID() };
  const body = { model: asked.model, ...dialect.body(asked) };
  const headers = { ...dialect.headers?.(asked), ...key };
  const door = (place: string) => api<Rows>(`${house.server.url}/faults/${place}`);
  return {
    house,
    talk,
    content,
    /** Says it, the same each time. */
    open: () => openStream(`${base}${dialect.path}`, { token, headers, body: { ...body, stream: true } }),
    response: (reply: number) => api(`${base}/responses/resp_${reply}`, { token }),
    follow: (reply: number, after: number) =>
      openStream(`${base}/responses/resp_${reply}?stream=true&starting_after=${after}`, { token }),
    resume: () => openStream(`${base}/ui/chat/${asked.chatId}/stream`, { token }),
    /** Stops it as its dialect does, or as ours does where that has no way but to hang up. */
    stop: async (reply: number) => {
      const place = `${house.server.url}/chat/conversations/${conversationOf(reply)}`;
      const path = {
        "/responses": `${base}/responses/resp_${reply}/cancel`,
        "/ui/chat": `${base}/ui/chat/${asked.chatId}/stop`,
        "/chat/completions": `${place}/turns/turn_${reply}/stop`,
      }[dialect.path]!;
      const answer = await fetch(path, { method: "POST", headers: { authorization: `Bearer ${token}` } });
      await answer.text();
      return answer.status;
    },
    /** What the database holds: of the conversation that this reply is in, or of the persona where it is kept nowhere. */
    rows: (reply: number | null) =>
      door(reply === null ? `personas/${talk.personaId}` : `${conversationOf(reply)}`),
  };
}
export type Client = Awaited<ReturnType<typeof newClient>>;

const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n} `).join("");
export const WORDS = 8;
export const TEXT = words(WORDS);
export const LONG = words(1000);
/** The whole reply; or one that goes on for so long that nothing but a stop can end it. */
export const whole = reply(TEXT, { wait: 20 });
export const unending = reply(LONG, { wait: 20 });

/** Whether the upstream was hung up on. */
export const hungUpOn = (call: Call | undefined) => until(async () => call?.abortedAt != null, Boolean, 5000);
