import { afterAll, beforeAll, test } from "vitest";

import { reply } from "../live/upstream.ts";
import { checkExchange } from "./exchange.ts";
import { isTerminal, openHouse, readAll, textOf, until, type House } from "./house.ts";
import { judge, openVerdict } from "./verdict.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.[Symbol.asyncDispose]());

const SILENT = 40;
/** More than 1 MB of events on the wire, and as much again in the last of them. */
const PIECE = "\u0001".repeat(10_000);
const PIECES = 19;

test("readers that never read stand beside one that does", async (context) => {
  const verdict = openVerdict(`${SILENT} silent readers`);
  const talk = await house.talk();
  const start = Promise.withResolvers<void>();
  const content = house.ask([
    { text: "Listen: " },
    { until: start.promise },
    ...Array.from({ length: PIECES }, () => [{ wait: 5 }, { text: PIECE }]).flat(),
    { finish: "stop" },
    { done: true },
  ]);
  const reader = await talk.stream(content);
  const running = await until(talk.history, (messages) => messages.length === 2);
  const turnId = `turn_${running[1]!.id}`;
  const silent = await Promise.all(Array.from({ length: SILENT }, () => talk.follow(turnId, 0)));
  start.resolve();

  const events = await readAll(reader);
  const text = `Listen: ${PIECE.repeat(PIECES)}`;
  verdict.count("terminal events", events.filter(isTerminal).length);
  verdict.text("what the reader saw", textOf(events), text);
  await checkExchange(verdict, { house, talk, content }, { text, status: "complete" });
  const next = await talk.send(house.ask(reply("Next.")));
  verdict.must("open for the next message", next.status === 200, next.status);

  // The silent ones have been waiting all the while; one that reads at last finds everything.
  const late = await readAll(silent[0]!);
  verdict.text("what a silent reader finds", textOf(late), text);
  verdict.count("terminal events for it", late.filter(isTerminal).length);
  for (const { cut } of silent) cut();
  judge(context, [verdict]);
});
