import { EventSourceParserStream } from "eventsource-parser/stream";

import { Failure } from "./failure";
import type { TurnEvents } from "./types";

type Named = { [Name in keyof TurnEvents]: { id: number; name: Name; data: TurnEvents[Name] } };
export type TurnEvent = Named[keyof TurnEvents];

/** The server says something every 15 s, if only that it is there. */
const SILENCE_MS = 40_000;

/**
 * A turn's events as they come.
 * @throws Failure `unreachable` where the connection breaks or falls silent
 */
export async function* eventsOf(response: Response): AsyncGenerator<TurnEvent> {
  for await (const { id, event, data } of eventsIn(response))
    if (event) yield { id: Number(id), name: event, data: JSON.parse(data) } as TurnEvent;
}

type RawEvent = { id?: string; event?: string; data: string };

/**
 * A stream's events as they come, with their data as text.
 * @throws Failure `unreachable` where the connection breaks or falls silent
 */
export async function* eventsIn(response: Response): AsyncGenerator<RawEvent> {
  if (!response.body) throw new Failure(0);
  const source = response.body.pipeThrough(watchSilence());
  const events = source
    .pipeThrough(new TextDecoderStream() as never)
    .pipeThrough(new EventSourceParserStream());
  const reader = (events as ReadableStream<RawEvent>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Failure(0);
      });
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** Breaks a stream that says nothing any more: a network that was changed or slept keeps its sockets open. */
function watchSilence(): TransformStream<Uint8Array, Uint8Array> {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (controller: TransformStreamDefaultController<Uint8Array>) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.error(new Failure(0)), SILENCE_MS);
  };
  return new TransformStream({
    start: wait,
    transform(chunk, controller) {
      wait(controller);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}
