import { createParser } from "eventsource-parser";

import { api, json, newUser, type TestUser } from "../harness";

export type Wire = { id: number; [field: string]: unknown };
export type WireMessage = Wire & {
  role: string;
  content: string;
  status: string;
  parent_id: number | null;
  turn_id: string | null;
  ai_generated: boolean;
  usage: Record<string, number> | null;
};
export type WireTurn = { conversation: Wire; user_message: WireMessage; assistant_message: WireMessage };
export type Event = { id: string | undefined; event: string | undefined; data: Record<string, unknown> };

/** A user with a persona and an empty conversation. */
export async function newConversation(user?: TestUser) {
  const owner = user ?? (await newUser());
  const { token } = owner;
  const persona = await json<Wire>(
    api("/personas", {
      token,
      body: { name: "Alex", description: "Loves the sea.", relation_type: "friend" },
    }),
  );
  const conversation = await json<Wire>(
    api("/chat/conversations", { token, body: { title: "First Chat with Alex", persona_id: persona.id } }),
  );
  const path = `/chat/conversations/${conversation.id}`;
  return {
    user: owner,
    token,
    personaId: persona.id,
    id: conversation.id,
    path,
    send: (content: string, headers: Record<string, string> = {}) =>
      api(`${path}/send`, { token, body: { content }, headers }),
    stream: (content: string, headers: Record<string, string> = {}) =>
      api(`${path}/send`, { token, body: { content }, headers: { accept: "text/event-stream", ...headers } }),
    history: () => json<WireMessage[]>(api(`${path}/messages`, { token })),
  };
}

/** Reads an event stream to its end. */
export async function readEvents(response: Response): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of eventsOf(response)) events.push(event);
  return events;
}

/** The events of a stream as they come. */
export async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let ready: Event[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => ready.push({ id, event, data: JSON.parse(data) as Event["data"] }),
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body!) {
    parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
    const batch = ready;
    ready = [];
    yield* batch;
  }
}

export const textOf = (events: Event[]) =>
  events.flatMap(({ event, data }) => (event === "delta" ? [data.text as string] : [])).join("");
