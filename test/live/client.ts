import { createParser, type EventSourceMessage } from "eventsource-parser";
import { randomUUID } from "node:crypto";
import { request, type IncomingMessage } from "node:http";

type Call = { method?: string; token?: string | undefined; body?: unknown; headers?: Record<string, string> };

const headersOf = ({ token, body, headers }: Call) => ({
  ...(body !== undefined && { "content-type": "application/json" }),
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...headers,
});

/**
 * Calls a running server. The answer's JSON, which must come with this status.
 * @throws with the answer's text if the status is another one
 */
export async function api<T = Record<string, unknown>>(
  url: string,
  call: Call = {},
  status = 200,
): Promise<T> {
  const answer = await fetch(url, {
    method: call.method ?? (call.body === undefined ? "GET" : "POST"),
    headers: headersOf(call),
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** A fresh user with a persona and a conversation on a running server. */
export async function newConversation(server: string) {
  const credentials = { email: `user-${randomUUID()}@example.com`, password: "password123" };
  const { access_token: token } = await api<{ access_token: string }>(`${server}/auth/register`, {
    body: credentials,
  });
  const persona = await api<{ id: number }>(`${server}/personas`, {
    token,
    body: { name: "Alex", description: "An old friend", relation_type: "friend" },
  });
  const conversation = await api<{ id: number }>(`${server}/chat/conversations`, {
    token,
    body: { title: "A talk", persona_id: persona.id },
  });
  return {
    ...credentials,
    token,
    url: `${server}/chat/conversations/${conversation.id}`,
    id: conversation.id,
  };
}

/**
 * Opens an event stream on a socket of its own. `events` ends when the server ends the stream, and throws if the
 * connection breaks; `cut` hangs up as a client does that has lost its network.
 */
export async function openStream(url: string, call: Call = {}) {
  const outgoing = request(url, {
    agent: false,
    method: call.method ?? (call.body === undefined ? "GET" : "POST"),
    headers: { accept: "text/event-stream", ...headersOf(call) },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
  });
  outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body));
  const response = await answered;
  outgoing.on("error", () => undefined);
  return { response, events: eventsOf(response), cut: () => outgoing.destroy() };
}

async function* eventsOf(response: IncomingMessage): AsyncGenerator<EventSourceMessage> {
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => waiting.push(event) });
  response.setEncoding("utf8");
  for await (const text of response) {
    parser.feed(text as string);
    yield* waiting.splice(0);
  }
}
