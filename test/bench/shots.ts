import type { Shot } from "./client.ts";

/** How the upstream answers; `rate` in tokens a second, 0 for all at once. */
export type Pace = { first: number; tokens: number; rate: number };

const say = ({ first, tokens, rate }: Pace) =>
  `Tell me about your last walk in the hills, please. first=${first} tokens=${tokens} rate=${rate}`;

/** What a chat application sends to its model: a persona, some turns, the new message. */
const completion = (pace: Pace, model = "gpt-3.5-turbo") =>
  JSON.stringify({
    model,
    stream: true,
    messages: [
      { role: "system", content: "You are Alex, an old friend. ".repeat(20) },
      ...Array.from({ length: 10 }, (_, i) => ({
        role: i % 2 ? "assistant" : "user",
        content: "We walked up the valley and it rained all day. ".repeat(2),
      })),
      { role: "user", content: say(pace) },
    ],
  });

/** A call to something that speaks chat completions: the upstream itself, or the bare Worker in front of it. */
export const completionShot = (name: string, origin: string, pace: Pace): Shot => ({
  name,
  url: `${origin}/v1/chat/completions`,
  method: "POST",
  headers: { "content-type": "application/json", authorization: "Bearer sk-bench" },
  body: completion(pace),
  token: "content",
});

/** The same body, asked of a persona of ours under /v1, where nothing of it is kept. */
export const passShot = (name: string, origin: string, key: string, pace: Pace, personaId: number): Shot => ({
  ...completionShot(name, origin, pace),
  headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
  body: completion(pace, `alex-${personaId}`),
});

/** Our API, called as a signed-in client. */
export function apiShots(origin: string, token: string) {
  const authorization = `Bearer ${token}`;
  const call = (name: string, method: string, path: string, more: Partial<Shot> = {}): Shot => ({
    name,
    url: `${origin}${path}`,
    method,
    headers: { authorization, ...(more.body !== undefined && { "content-type": "application/json" }) },
    ...more,
  });
  const conversation = (id: number) => `/chat/conversations/${id}`;
  return {
    call,
    send: (name: string, id: number, pace: Pace, before = "") =>
      call(name, "POST", `${conversation(id)}/send`, {
        body: JSON.stringify({ content: before + say(pace), stream: true }),
        token: "text",
      }),
    again: (name: string, id: number, messageId: number) =>
      call(name, "POST", `${conversation(id)}/messages/${messageId}/regenerate`, {
        body: JSON.stringify({ stream: true }),
        token: "text",
      }),
    list: (name: string, id: number, limit: number) =>
      call(name, "GET", `${conversation(id)}/messages?limit=${limit}`),
  };
}

export type ApiShots = ReturnType<typeof apiShots>;

const post = async (url: string, token: string, body: object) => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as { id: number; key: string };
};

/** New conversations, one with each of these personas, made as clients make them. */
export async function createConversations(
  origin: string,
  token: string,
  personas: number[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const persona_id of personas)
    ids.push((await post(`${origin}/chat/conversations`, token, { title: "Talk", persona_id })).id);
  return ids;
}

export const createKey = async (origin: string, token: string): Promise<string> =>
  (await post(`${origin}/auth/api-keys`, token, { name: "bench", scopes: ["chat", "read"] })).key;
