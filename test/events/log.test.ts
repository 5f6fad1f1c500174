import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import type { EndedEvent, TurnEvent } from "../../src/events/events";
import { openLog, type EventLog } from "../../src/events/log";
import { turnDialect } from "../../src/wire/turn-stream";
import { aConversation, aMessage, aReply } from "../factories";
import { eventsOf, readEvents, textOf, type Event } from "../chat/harness";

/** A turn's log with the disk under it, and the readers of a whole life. */
type World = { log: EventLog; disk: TurnEvent[]; end: EndedEvent | null; said: string; readers: Client[] };

/** A client: it may lose its connection and come back with the id of the last event it has seen. */
type Client = { seen: Event[]; connection: AsyncGenerator<Event> | null; lastId: number };

function openWorld(): World {
  const world: World = { log: openLog(), disk: [], end: null, said: "", readers: [] };
  world.log.append({ type: "started", said: aMessage(), reply: aReply() });
  flush(world);
  return world;
}

/** The disk catches up with the log. */
function flush({ log, disk }: World): void {
  disk.push(...log.take());
  log.keep((events) => void disk.push(...events));
}

/** The last words reach the disk before anyone is told that they were the last. */
function finish(world: World, end: EndedEvent): void {
  flush(world);
  world.end ??= end;
  world.log.append(end);
}

const connect = ({ log }: World, client: Client) =>
  void (client.connection = eventsOf(new Response(log.read(client.lastId, turnDialect))));

async function take(client: Client, event: IteratorResult<Event> | undefined) {
  if (!event || event.done) return false;
  client.seen.push(event.value);
  client.lastId = Number(event.value.id);
  return true;
}

async function readToTheEnd(client: Client) {
  while (await take(client, await client.connection!.next()));
}

/** The object dies and comes back: its log is what was on the disk, and every connection is cut. */
function crash(world: World) {
  world.log = openLog([...world.disk, ...(world.end ? [world.end] : [])]);
  flush(world);
  world.said = world.log.text();
  for (const client of world.readers) client.connection = null;
}

type Step =
  | { do: "say"; text: string }
  | { do: "flush" | "crash" | "join" | "pause" }
  | { do: "read" | "cut" | "return"; who: number; many: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("say" as const), text: fc.string({ minLength: 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("flush" as const, "join" as const, "pause" as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom("read" as const, "cut" as const, "return" as const),
      who: fc.nat(9),
      many: fc.nat(9),
    }),
  },
);

/** How a turn may end, and what its readers call it. */
const ENDINGS = {
  complete: "turn.completed",
  stopped: "turn.stopped",
  interrupted: "turn.interrupted",
  failed: "turn.failed",
} as const;
type EndStatus = keyof typeof ENDINGS;

const ending = (status: EndStatus): EndedEvent => ({
  type: "ended",
  exchange: { conversation: aConversation(), said: aMessage(), reply: aReply({ status }) },
  failure: status === "failed" ? { code: "upstream_error", retryAfter: null } : null,
});

async function act(world: World, { ...step }: Step) {
  const client = "who" in step ? world.readers[step.who % (world.readers.length || 1)] : undefined;
  switch (step.do) {
    case "say":
      world.log.append({ type: "text", text: step.text });
      world.said += step.text;
      return;
    case "flush":
      return flush(world);
    case "pause":
      return scheduler.wait(0);
    case "crash":
      return crash(world);
    case "join":
      world.readers.push({ seen: [], connection: null, lastId: 0 });
      return connect(world, world.readers.at(-1)!);
    case "read":
      for (let n = step.many; n > 0 && client?.connection && client.lastId < world.log.events.length; n--) {
        await take(client, await client.connection.next());
      }
      return;
    case "cut":
      await client?.connection?.return(undefined);
      if (client) client.connection = null;
      return;
    case "return":
      if (client && !client.connection) connect(world, client);
  }
}

const isTerminal = ({ event }: Event) => Object.values<string | undefined>(ENDINGS).includes(event);

describe("a turn's events", () => {
  it("end in exactly one terminal event for every reader, however they interleave with crashes and cuts", async () => {
    const plot = fc.record({
      steps: fc.array(step, { maxLength: 60, size: "max" }),
      end: fc.constantFrom(...(Object.keys(ENDINGS) as EndStatus[])),
      crashed: fc.boolean(),
      crashedAfterwards: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plot, async ({ steps, end, crashed, crashedAfterwards }) => {
        const world = openWorld();
        for (const one of steps) await act(world, one);
        if (crashed) crash(world);
        // Some are back before the turn has ended, some come when all is over.
        for (const [n, client] of world.readers.entries()) {
          if (n % 2 === 0 && !client.connection) connect(world, client);
        }
        finish(world, ending(end));
        world.log.append(ending("complete"));
        world.log.append({ type: "text", text: "too late" });
        if (crashedAfterwards) crash(world);
        for (const client of world.readers) {
          if (!client.connection) connect(world, client);
          await readToTheEnd(client);
          expect(client.seen.filter(isTerminal)).toHaveLength(1);
          expect(client.seen.at(-1)!.event).toBe(ENDINGS[end]);
        }
        const others = world.log.events.filter(({ type }) => type !== "text");
        expect(others.map(({ type }) => type)).toEqual(["started", "ended"]);
        expect(world.log.text()).toBe(world.said);
        expect((await world.log.ended).exchange!.reply.status).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  it("are the same to a reader that was cut anywhere and came back as to one that never was", async () => {
    const steps = fc.array(
      step.filter((one) => one.do !== "crash"),
      { maxLength: 60, size: "max" },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const world = openWorld();
        world.readers.push({ seen: [], connection: null, lastId: 0 });
        connect(world, world.readers[0]!);
        for (const one of steps) await act(world, one);
        world.log.append(ending("complete"));
        for (const client of world.readers) {
          if (!client.connection) connect(world, client);
          await readToTheEnd(client);
          expect(client.seen.map(({ id }) => Number(id))).toEqual(world.log.events.map((_, n) => n + 1));
          expect(textOf(client.seen)).toBe(world.said);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("are written after 200 milliseconds, then once a second, and none twice", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const log = openLog();
    const written: [at: number, texts: string[]][] = [];
    const begun = Date.now();
    log.keep((events) =>
      written.push([Date.now() - begun, events.flatMap((e) => (e.type === "text" ? [e.text] : []))]),
    );
    for (let n = 0; n < 50; n++) {
      log.append({ type: "text", text: String(n) });
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(1000);
    expect(written.map(([at]) => at)).toEqual([200, 1200, 2200, 3200, 4200, 5200]);
    expect(written.flatMap(([, texts]) => texts)).toEqual(Array.from({ length: 50 }, (_, n) => String(n)));
  });

  it("are written at once where there is much of it", () => {
    const log = openLog();
    const written: TurnEvent[] = [];
    log.keep((events) => void written.push(...events));
    log.append({ type: "text", text: "x".repeat(200_000) });
    expect(written).toHaveLength(1);
  });

  it("wait in the log and not in a reader that takes nothing", async () => {
    const { log } = openWorld();
    const silent = new Response(log.read(0, turnDialect)).body!.getReader();
    const reading = readEvents(new Response(log.read(0, turnDialect)));
    for (let n = 0; n < 500; n++) {
      log.append({ type: "text", text: "x".repeat(1000) });
      if (n % 50 === 0) await scheduler.wait(0);
    }
    log.append(ending("complete"));
    expect(textOf(await reading)).toHaveLength(500_000);
    // What had been made for the silent one comes first: it was made when there was only the first event.
    const first = await silent.read();
    expect(first.value!.length).toBeLessThan(70_000);
    let size = first.value!.length;
    for (let next = await silent.read(); !next.done; next = await silent.read()) {
      expect(next.value.length).toBeLessThan(70_000);
      size += next.value.length;
    }
    expect(size).toBeGreaterThan(500_000);
  });
});
