import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../harness";
import { chunk, gate, says, scriptUpstream, type Script } from "../upstream";
import {
  eventsOf,
  newConversation,
  readEvents,
  textOf,
  type Event,
  type Wire,
  type WireMessage,
  type WireTurn,
} from "./harness";

/** An upstream that says `before`, then waits to be let on, then says `after`. */
function gated(before: string, after: string): { script: Script; letOn: () => void } {
  const wait = gate();
  const steps = [{ text: before }, { wait }, { text: after }, { chunk: chunk({}, "stop") }];
  return { script: { steps }, letOn: () => void (wait.open = true) };
}

/** A turn that is running: its stream, read up to its first word. */
async function runningTurn(before = "Once upon", after = " a time") {
  const { script, letOn } = gated(before, after);
  const upstream = scriptUpstream(script, says("Next."));
  const chat = await newConversation();
  const events = eventsOf(await chat.stream("Tell me a story"));
  const started = (await events.next()).value as Event;
  await events.next();
  const turnId = started.data.turn_id as string;
  const turnPath = `${chat.path}/turns/${turnId}`;
  return { ...chat, upstream, letOn, events, started, turnId, turnPath };
}

const rest = async (events: AsyncGenerator<Event>) => {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
};

describe("following a turn", () => {
  it("resumes after any event, with the same events for every reader", async () => {
    const turn = await runningTurn();
    const readers = [0, 1, 2].map(async (after) => {
      const headers = { "last-event-id": String(after) };
      return readEvents(await api(`${turn.turnPath}/events`, { token: turn.token, headers }));
    });
    turn.letOn();
    const [whole, ...parts] = await Promise.all(readers);
    expect(whole!.map((e) => e.event)).toEqual(["turn.started", "delta", "delta", "turn.completed"]);
    expect(textOf(whole!)).toBe("Once upon a time");
    expect(parts).toEqual([whole!.slice(1), whole!.slice(2)]);
    expect(await rest(turn.events)).toEqual(whole!.slice(2));
    expect(turn.upstream.calls).toHaveLength(1);
  });

  it("replays a finished turn, from the start or after an event", async () => {
    scriptUpstream(says("Hey", " there!"));
    const chat = await newConversation();
    const live = await readEvents(await chat.stream("Hi"));
    const path = `${chat.path}/turns/${live[0]!.data.turn_id as string}/events`;
    expect(await readEvents(await api(path, { token: chat.token }))).toEqual(live);
    expect(await readEvents(await api(`${path}?after=2`, { token: chat.token }))).toEqual(live.slice(2));
  });

  it("goes on when everybody has left", async () => {
    const turn = await runningTurn();
    await turn.events.return(undefined);
    turn.letOn();
    await expect
      .poll(async () => (await turn.history()).at(-1))
      .toMatchObject({
        status: "complete",
        content: "Once upon a time",
      });
  });

  it("shows a running turn in the history and as the current one, and none afterwards", async () => {
    const turn = await runningTurn();
    const current = () => api(`${turn.path}/turns/current`, { token: turn.token });
    const reply = turn.started.data.assistant_message as Wire;
    expect(await json(current())).toMatchObject({
      turn_id: turn.turnId,
      assistant_message_id: reply.id,
      events: `${turn.turnPath}/events`,
    });
    await expect
      .poll(async () => (await turn.history()).map((m) => [m.id, m.status]))
      .toEqual([
        [(turn.started.data.user_message as Wire).id, "complete"],
        [reply.id, "in_progress"],
      ]);
    turn.letOn();
    await rest(turn.events);
    expect((await current()).status).toBe(204);
  });

  it("knows nothing of a turn that never was, or that belongs to another conversation", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const other = await newConversation(chat.user);
    const turn = await json<WireTurn>(chat.send("Hi"));
    const { token } = chat;
    const id = turn.assistant_message.turn_id!;
    await json(api(`${other.path}/turns/${id}/events`, { token }), 404);
    await json(api(`${chat.path}/turns/turn_${chat.id * 2 ** 20 + 900}/events`, { token }), 404);
    await json(api(`${chat.path}/turns/turn_${turn.user_message.id}/events`, { token }), 404);
    await json(api(`${chat.path}/turns/nonsense/events`, { token }), 422);
  });

  it("lets nobody else follow, stop or find it", async () => {
    const turn = await runningTurn();
    const { token } = await newUser();
    await json(api(`${turn.turnPath}/events`, { token }), 403);
    await json(api(`${turn.path}/turns/current`, { token }), 403);
    await json(api(`${turn.turnPath}/stop`, { token, method: "POST" }), 403);
    await json(api(`${turn.path}/send`, { token, body: { content: "Mine now" } }), 403);
    turn.letOn();
    expect((await rest(turn.events)).at(-1)!.event).toBe("turn.completed");
  });
});

describe("stopping a turn", () => {
  it("hangs up on the model at once and keeps the text so far", async () => {
    const turn = await runningTurn();
    const stop = () => api(`${turn.turnPath}/stop`, { token: turn.token, method: "POST" });
    const stopped = await json(stop());
    expect(stopped).toMatchObject({ turn_id: turn.turnId, status: "stopped" });
    expect(stopped.assistant_message).toMatchObject({ status: "stopped", content: "Once upon" });
    expect((stopped.assistant_message as WireMessage).usage).toMatchObject({ estimated: true });
    expect(turn.upstream.calls[0]!.aborted).toBe(true);
    expect((await rest(turn.events)).map((e) => e.event)).toEqual(["turn.stopped"]);
    expect(await json(stop())).toEqual(stopped);
    expect((await turn.history()).at(-1)).toEqual(stopped.assistant_message);
  });

  it("is harmless after the end, and says how the turn ended", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    const path = `${chat.path}/turns/${reply.turn_id}/stop`;
    const answer = await json(api(path, { token: chat.token, method: "POST" }));
    expect(answer).toEqual({ turn_id: reply.turn_id, status: "complete", assistant_message: reply });
  });

  it("leaves the conversation ready for the next message", async () => {
    const turn = await runningTurn();
    await json(api(`${turn.turnPath}/stop`, { token: turn.token, method: "POST" }));
    await json(turn.send("Another one"));
    expect(turn.upstream.calls[1]!.body.messages.slice(1)).toEqual([
      { role: "user", content: "Tell me a story" },
      { role: "assistant", content: "Once upon" },
      { role: "user", content: "Another one" },
    ]);
  });
});

describe("one turn at a time", () => {
  it("refuses a second message while a reply is being written, and names the turn", async () => {
    const turn = await runningTurn();
    const refused = await turn.send("And another thing");
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await json(refused, 409)).toMatchObject({ code: "turn_running", turn_id: turn.turnId });
    turn.letOn();
    await rest(turn.events);
    expect(await turn.history()).toHaveLength(2);
  });

  it("takes exactly one of two messages sent at once", async () => {
    const { script, letOn } = gated("One", " at a time");
    scriptUpstream(script);
    const chat = await newConversation();
    const answers = [chat.stream("First"), chat.stream("Second")];
    const statuses = (await Promise.all(answers)).map((a) => a.status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    letOn();
    await expect
      .poll(async () => (await chat.history()).map((m) => m.status))
      .toEqual(["complete", "complete"]);
  });
});

describe("an idempotency key", () => {
  const key = () => ({ "idempotency-key": crypto.randomUUID() });

  it("makes ten sends at once one turn with ten answers", async () => {
    const upstream = scriptUpstream(says("Only", " once."));
    const chat = await newConversation();
    const headers = key();
    const turns = await Promise.all(
      Array.from({ length: 10 }, () => json<WireTurn>(chat.send("Hi", headers))),
    );
    for (const turn of turns) expect(turn).toEqual(turns[0]);
    expect(upstream.calls).toHaveLength(1);
    expect(await chat.history()).toHaveLength(2);
  });

  it("joins a turn that is still running, as JSON or as a stream", async () => {
    const { script, letOn } = gated("Slow", " reply");
    const upstream = scriptUpstream(script);
    const chat = await newConversation();
    const headers = key();
    const first = await chat.stream("Hi", headers);
    const second = chat.send("Hi", headers);
    const third = await chat.stream("Hi", headers);
    letOn();
    const events = await readEvents(first);
    expect(await readEvents(third)).toEqual(events);
    expect(await json(second)).toEqual(events.at(-1)!.data);
    expect(upstream.calls).toHaveLength(1);
  });

  it("replays a failure as it was", async () => {
    const upstream = scriptUpstream({ status: 429, body: "{}", type: "application/json" });
    const chat = await newConversation();
    const headers = key();
    const withoutId = (body: Record<string, unknown>) => ({ ...body, request_id: "" });
    const first = withoutId(await json(chat.send("Hi", headers), 429));
    expect(withoutId(await json(chat.send("Hi", headers), 429))).toEqual(first);
    expect(upstream.calls).toHaveLength(1);
  });

  it("is refused for another message, and changes nothing", async () => {
    scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const headers = key();
    await json(chat.send("Hi", headers));
    expect(await json(chat.send("Something else", headers), 422)).toMatchObject({
      code: "idempotency_key_reused",
    });
    expect(await chat.history()).toHaveLength(2);
  });

  it("belongs to one conversation", async () => {
    const upstream = scriptUpstream(says("Hey."));
    const chat = await newConversation();
    const other = await newConversation(chat.user);
    const headers = key();
    await json(chat.send("Hi", headers));
    await json(other.send("Hi there", headers));
    expect(upstream.calls).toHaveLength(2);
  });
});

describe("regenerating a reply", () => {
  it("answers the same message again as a sibling that takes its place", async () => {
    const upstream = scriptUpstream(says("First."), says("Second."), says("Third."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("Hi"));
    const regenerate = (id: number) =>
      json<WireTurn>(api(`${chat.path}/messages/${id}/regenerate`, { token: chat.token, method: "POST" }));
    const second = await regenerate(first.assistant_message.id);
    expect(second.user_message).toEqual(first.user_message);
    expect(second.assistant_message).toMatchObject({ content: "Second.", parent_id: first.user_message.id });
    expect(upstream.calls[1]!.body.messages).toEqual(upstream.calls[0]!.body.messages);
    const third = await regenerate(first.user_message.id);
    expect(await chat.history()).toEqual([first.user_message, third.assistant_message]);
    const kept = await json(api(`/chat/messages/${first.assistant_message.id}`, { token: chat.token }));
    expect(kept).toEqual(first.assistant_message);
    expect(third.conversation.message_count).toBe(4);
  });

  it("continues from the new reply", async () => {
    const upstream = scriptUpstream(says("First."), says("Second."), says("Third."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    await json(api(`${chat.path}/messages/${reply.id}/regenerate`, { token: chat.token, body: {} }));
    await json(chat.send("And then?"));
    expect(upstream.calls[2]!.body.messages.slice(1).map((m) => m.content)).toEqual([
      "Hi",
      "Second.",
      "And then?",
    ]);
  });

  it("streams when asked to", async () => {
    scriptUpstream(says("First."), says("Second."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Hi"));
    const response = await api(`${chat.path}/messages/${reply.id}/regenerate`, {
      token: chat.token,
      body: { stream: true },
    });
    expect(textOf(await readEvents(response))).toBe("Second.");
  });

  it("refuses what is not there or nobody said", async () => {
    scriptUpstream(says("First."));
    const chat = await newConversation();
    const turn = await json<WireTurn>(chat.send("Hi"));
    const { token } = chat;
    const regenerate = (id: number) =>
      api(`${chat.path}/messages/${id}/regenerate`, { token, method: "POST" });
    await json(regenerate(turn.assistant_message.id + 50), 404);
    await json(api(`/chat/messages/${turn.user_message.id}`, { token, method: "DELETE" }));
    expect(await json(regenerate(turn.assistant_message.id), 409)).toMatchObject({
      code: "nothing_to_answer",
    });
  });
});

describe("deleting", () => {
  it("takes one message out and keeps the rest in order, in the history and for the model", async () => {
    const upstream = scriptUpstream(says("One."), says("Two."), says("Three."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("First"));
    await json(chat.send("Second"));
    const path = `/chat/messages/${first.assistant_message.id}`;
    const gone = await json(api(path, { token: chat.token, method: "DELETE" }));
    expect(gone).toMatchObject({
      message: `Message ${first.assistant_message.id} deleted successfully`,
      deleted: 1,
    });
    await json(api(path, { token: chat.token, method: "DELETE" }), 404);
    await json(api(path, { token: chat.token }), 404);
    expect((await chat.history()).map((m) => m.content)).toEqual(["First", "Second", "Two."]);
    await json(chat.send("Third"));
    expect(upstream.calls[2]!.body.messages.slice(1).map((m) => m.content)).toEqual([
      "First",
      "Second",
      "Two.",
      "Third",
    ]);
  });

  it("takes the newest message out", async () => {
    scriptUpstream(says("One."), says("Two."));
    const chat = await newConversation();
    const first = await json<WireTurn>(chat.send("First"));
    await json(api(`/chat/messages/${first.assistant_message.id}`, { token: chat.token, method: "DELETE" }));
    expect((await chat.history()).map((m) => m.content)).toEqual(["First"]);
    const { conversation } = await json<WireTurn>(chat.send("Second"));
    expect(conversation.message_count).toBe(3);
  });

  it("forgets the events in which a deleted message was said", async () => {
    scriptUpstream(says("A secret."));
    const chat = await newConversation();
    const { assistant_message: reply } = await json<WireTurn>(chat.send("Tell me"));
    await json(api(`/chat/messages/${reply.id}`, { token: chat.token, method: "DELETE" }));
    await json(api(`${chat.path}/turns/${reply.turn_id}/events`, { token: chat.token }), 404);
  });

  it("waits for the reply that is being written", async () => {
    const turn = await runningTurn();
    const { id } = turn.started.data.user_message as Wire;
    await json(api(`/chat/messages/${id}`, { token: turn.token, method: "DELETE" }), 409);
    turn.letOn();
    await rest(turn.events);
    await json(api(`/chat/messages/${id}`, { token: turn.token, method: "DELETE" }));
  });

  it("ends a running turn when its conversation goes, and hangs up on the model", async () => {
    const turn = await runningTurn();
    const gone = await json(api(turn.path, { token: turn.token, method: "DELETE" }));
    expect(gone).toEqual({ message: `Conversation ${turn.id} deleted successfully` });
    const events = await rest(turn.events);
    expect(events.map((e) => e.event)).toEqual(["turn.failed"]);
    expect(events[0]!.data.code).toBe("conversation_deleted");
    expect(turn.upstream.calls[0]!.aborted).toBe(true);
    await json(api(turn.path, { token: turn.token }), 404);
    await json(api(`${turn.path}/messages`, { token: turn.token }), 404);
    await json(api(turn.path, { token: turn.token, method: "DELETE" }), 404);
  });

  it("lets nobody delete what is somebody else's", async () => {
    scriptUpstream(says("One."));
    const chat = await newConversation();
    const { user_message: message } = await json<WireTurn>(chat.send("First"));
    const { token } = await newUser();
    await json(api(`/chat/messages/${message.id}`, { token, method: "DELETE" }), 403);
    await json(api(chat.path, { token, method: "DELETE" }), 403);
    expect(await chat.history()).toHaveLength(2);
  });
});
