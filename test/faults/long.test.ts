import { test } from "vitest";

import { reply } from "../live/upstream.ts";
import { checkExchange } from "./exchange.ts";
import { openHouse, until } from "./house.ts";
import { judge, openVerdict } from "./verdict.ts";

/** Longer than the local runtime keeps an object that nobody asks anything: 70 to 140 seconds. */
const WORDS = 30;
const WAIT_MS = 10_000;

test.runIf(process.env.FAULTS_LONG)(
  "a turn of five minutes is written with nobody there",
  { timeout: 2 * WORDS * WAIT_MS },
  async (context) => {
    await using house = await openHouse();
    const verdict = openVerdict("five minutes");
    const talk = await house.talk();
    const text = Array.from({ length: WORDS }, (_, n) => `word${n} `).join("");
    const content = house.ask(reply(text, { wait: WAIT_MS }));
    const stream = await talk.stream(content);
    for await (const { event } of stream.events) if (event === "delta") break;
    stream.cut();
    // The upstream is asked how far it is, not the server.
    const [call] = house.callsFor(content);
    const done = async () => call!.abortedAt !== null || call!.sent > 2 * WORDS;
    verdict.must("written to the end", await until(done, Boolean, 2 * WORDS * WAIT_MS));
    await until(talk.rows, ({ messages }) => messages.at(-1)?.status !== "in_progress");
    await checkExchange(verdict, { house, talk, content }, { text, status: "complete" });
    judge(context, [verdict]);
  },
);
