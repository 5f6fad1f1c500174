import { createParser } from "eventsource-parser";

import { api, json, newUser, type TestUser } from "../../harness";

export type WireError = { error: { message: string; type: string; param: string | null; code: string } };
export type Completion = {
  id: string;
  object: string;
  created: number;
  model: string;
  choices: {
    index: number;
    message: { role: string; content: string | null; tool_calls?: unknown[] };
    logprobs: unknown;
    finish_reason: string;
  }[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
};
export type Chunk = {
  id: string;
  choices: {
    delta: { role?: string; content?: string; tool_calls?: unknown[] };
    finish_reason: string | null;
  }[];
  usage?: { total_tokens: number } | null;
};

export type WireResponse = {
  id: string;
  status: string;
  conversation: { id: string } | null;
  output: { id: string; type: string; content?: { text: string }[] }[];
};
export type ResponseEvent = {
  type: string;
  sequence_number: number;
  delta?: string;
  response?: WireResponse;
};

/** The events of a response's stream, each under its own name. */
export async function readEvents(response: Response): Promise<ResponseEvent[]> {
  const events: ResponseEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const read = JSON.parse(data) as ResponseEvent;
      if (event !== read.type) throw new Error(`An event ${read.type} is named ${event}`);
      events.push(read);
    },
  });
  parser.feed(await response.text());
  return events;
}

/** A user with a persona, and how one asks it as a model. */
export async function newModel(user?: TestUser, persona: object = {}) {
  const owner = user ?? (await newUser());
  const { token } = owner;
  const { id } = await json<{ id: number }>(
    api("/personas", {
      token,
      body: { name: "Captain Mara", description: "Loves the sea.", relation_type: "friend", ...persona },
    }),
  );
  const model = `captain-mara-${id}`;
  const ask = (body: object, headers: Record<string, string> = {}) =>
    api("/v1/chat/completions", {
      token,
      headers,
      body: { model, messages: [{ role: "user", content: "Ahoy" }], ...body },
    });
  return { user: owner, token, personaId: id, model, ask };
}

/** The data of a stream's events, `[DONE]` as it is. */
export async function readData<T = Chunk>(response: Response): Promise<(T | "[DONE]")[]> {
  const data: (T | "[DONE]")[] = [];
  const parser = createParser({
    onEvent: ({ data: text }) => void data.push(text === "[DONE]" ? text : (JSON.parse(text) as T)),
  });
  parser.feed(await response.text());
  return data;
}
