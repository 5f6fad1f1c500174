import { describe, expect, it } from "vitest";

import { json } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { newConversation, readEvents, textOf, type WireTurn } from "./harness";

describe("sending a message", () => {
  it("answers with the conversation, the user's message and the reply", async () => {
    scriptUpstream(says("Hey", " there!"));
    const chat = await newConversation();
    const turn = await json<WireTurn>(chat.send("Hi Alex!"));
    expect(turn.conversation).toMatchObject({ id: chat.id, persona_id: chat.personaId, message_count: 2 });
    expect(turn.user_message).toMatchObject({ role: "user", content: "Hi Alex!", status: "complete" });
    expect(turn.assistant_message).toMatchObject({
      role: "assistant",
      content: "Hey there!",
      status: "complete",
      finish_reason: "stop",
      tokens_used: 110,
      model_used: "gpt-3.5-turbo-0125",
    });
    expect(await chat.history()).toEqual([turn.user_message, turn.assistant_message]);
  });

  it("streams the same turn as events", async () => {
    scriptUpstream(says("Hey", " there!"));
    const chat = await newConversation();
    const response = await chat.stream("Hi Alex!");
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const events = await readEvents(response);
    expect(events.map((e) => [e.id, e.event])).toEqual([
      ["1", "turn.started"],
      ["2", "delta"],
      ["3", "delta"],
      ["4", "turn.completed"],
    ]);
    expect(textOf(events)).toBe("Hey there!");
    expect(await chat.history()).toEqual([events[3]!.data.user_message, events[3]!.data.assistant_message]);
  });
});
