import { retried } from "../db/client";
import { conversationById } from "../db/conversations";
import { conversationOfMessage, messagesThrough, replyOfTurn } from "../db/messages";
import type { Message } from "../db/schema";
import { configOf } from "../env";
import { AppError, type Failure } from "../errors";
import type { EndedEvent, Exchange, TurnEvent } from "../events/events";
import { openLog, type EventLog } from "../events/log";
import { dialectOf } from "../wire/dialects";
import { toMessage, turnId, turnNumber } from "../wire/rows";
import { AI_GENERATED } from "../wire/safety";
import { toNotice } from "../wire/turn-stream";
import { withTimeout } from "../async";
import { eventStream, inTime, lateJson } from "./answers";
import { askedOf, type Call, type Delivery, type Reading } from "./commands";
import { allSaid } from "./moderate";
import type { Owners } from "./owners";
import { stopTurn, type RunningTurn } from "./run";
import { shownIn } from "./safety";
import { close, numberOf, openingOf } from "./turn";

/** How long an answer waits for the database once the turn has ended: the object's disk knows the end, too. */
const HISTORY_GRACE_MS = 2_000;
/** More readers of one turn than any person has devices. */
const MAX_READERS = 64;

const noSuchTurn = () => new AppError("not_found", { detail: "Turn not found" });

/**
 * The number of a turn of this conversation, as its id has it.
 * @throws AppError `not_found`
 */
export function numberOfTurn({ conversationId }: Call, id: string): number {
  const number = turnNumber(id);
  if (number === null || conversationOfMessage(number) !== conversationId) throw noSuchTurn();
  return number;
}

/** Everybody who reads a turn, while it runs and after: all come through one door, and all read a log. */
export function openFollower(owners: Owners) {
  const { env, db, store, turns } = owners;

  const running = (number: number): RunningTurn | null =>
    turns.current && numberOf(turns.current.turn) === number ? turns.current : null;

  /** The events of a turn that has ended, as they were kept, completed from its rows; null where none are kept. */
  async function storedLog(call: Call, number: number): Promise<EventLog | null> {
    const [events, row] = [store.events(number), store.turn(number)];
    if (!events || !row) return null;
    const told = (await replay(call, number, row.turn.reply.id))?.at(-1) ?? GONE;
    const failure = row.ending?.failure;
    return openLog([...events, told.type === "ended" && failure ? { ...told, failure } : told]);
  }

  /** The events of a turn told again from its rows, or null where there are none. */
  async function replay(call: Call, number: number, replyId: number): Promise<TurnEvent[] | null> {
    const [[conversation], rows] = await retried(() =>
      db.batch([
        conversationById(db, call.conversationId),
        messagesThrough(db, askedOf(call), replyId, { count: 2 }),
      ]),
    );
    const reply = rows.at(-1);
    if (!conversation || reply?.id !== replyId) return null;
    const said = rows.find(({ id, role }) => id === reply.parentId && role === "user") ?? null;
    return eventsOf(number, { conversation, said, reply });
  }

  async function replayedLog(call: Call, number: number): Promise<EventLog | null> {
    const reply = await writtenBy(call, number);
    const events = reply && (await replay(call, number, reply.id));
    return events ? openLog(events) : null;
  }

  /** What the client that began a turn said beside the words, as long as the object keeps the turn. */
  const notesOf = (number: number) => (running(number)?.turn ?? store.turn(number)?.turn)?.notes;

  /** A turn's log, one for all who read it at the same time: live, still read, or opened anew. */
  async function logOf(number: number, open: () => Promise<EventLog | null>): Promise<EventLog | null> {
    const { latest } = turns;
    const settled = latest?.number === number ? latest.log : undefined;
    return running(number)?.log ?? settled ?? store.logs.get(number) ?? (await open());
  }

  function stream(
    number: number,
    log: EventLog,
    { dialect, terms, after }: Reading,
    onLeave?: () => void,
  ): Response {
    if (log.readers >= MAX_READERS) {
      throw new AppError("too_many_readers", { headers: { "Retry-After": "5" } });
    }
    for (const [id, other] of store.logs) if (other.readers === 0) store.logs.delete(id);
    store.logs.set(number, log);
    return eventStream(log.read(after, dialectOf(dialect, terms), onLeave));
  }

  /** How a turn ended: by the log or, where the database is late, by what the object knows. */
  async function ending(log: EventLog, live: RunningTurn | null): Promise<[EndedEvent, late: boolean]> {
    if (!live) return [await log.ended, false];
    const patience = allSaid(live).then(() => withTimeout(log.ended, HISTORY_GRACE_MS));
    await Promise.race([log.ended, patience]);
    const end = log.last();
    return end ? [end, false] : [unsettledEnd(live), true];
  }

  /** The end of a turn as its settlement will have it. */
  function unsettledEnd(live: RunningTurn): EndedEvent {
    const { turn, ending: end, log } = live;
    const row = owners.state.current;
    if (!end || !row) throw new AppError("overloaded", { headers: { "Retry-After": "2" } });
    const { reply } = close(turn, end, configOf(env), log.text());
    const { messageSeq, messageCount, revision } = turn.head;
    const counters = { messageSeq, messageCount: messageCount ?? row.messageCount, revision };
    const conversation = { ...row, ...counters, headMessageId: reply.id, updatedAt: new Date() };
    return { type: "ended", exchange: { conversation, said: turn.said, reply }, failure: end.failure };
  }

  /** The reply that a turn wrote, or went on with, if it is still there. */
  async function writtenBy(call: Call, number: number): Promise<Message | undefined> {
    const [reply] = await retried(async () => replyOfTurn(db, askedOf(call), number));
    return reply;
  }

  async function replyOf(call: Call, number: number): Promise<Message> {
    const reply = await writtenBy(call, number);
    if (!reply) throw noSuchTurn();
    return reply;
  }

  return {
    /** The turn that a send or a regenerate has begun or found: as events, or as JSON when it has ended. */
    async answer(
      call: Call,
      number: number,
      { stream: asEvents, stopWhenLeft = false, background = false, ...reading }: Delivery,
      signal: AbortSignal,
    ): Promise<Response> {
      const live = running(number);
      const leave = live && stopWhenLeft ? () => stopTurn(live) : undefined;
      if (leave) signal.addEventListener("abort", leave);
      if (signal.aborted) leave?.();
      const log = await logOf(
        number,
        async () => (await storedLog(call, number)) ?? (await replayedLog(call, number)),
      );
      if (!log) throw new AppError("turn_gone");
      if (asEvents) return stream(number, log, reading, leave);
      const dialect = dialectOf(reading.dialect, reading.terms);
      const begun = background && !log.last() && dialect.begun?.(log.events);
      if (begun) return Response.json(begun, { headers: AI_GENERATED });
      const told = ending(log, live).then(([end, late]) =>
        dialect.answer(end, late ? "not_yet_in_history" : undefined, log.events),
      );
      if (live && dialect.beginsEarly && !(await inTime(live, told))) return lateJson(told, leave);
      const { status, headers, body } = await told;
      const named = status >= 400 ? { ...body, request_id: call.requestId } : body;
      return Response.json(named, { status, headers: { ...AI_GENERATED, ...headers } });
    },

    /** The events of a turn from any point, as often and from as many places as there are readers. */
    async events(call: Call, number: number, { again, ...reading }: Reading): Promise<Response> {
      const notes = notesOf(number);
      const log = await logOf(
        number,
        async () => (await storedLog(call, number)) ?? (again ? await replayedLog(call, number) : null),
      );
      if (log) return stream(number, log, withNotes(reading, notes));
      const { id } = await replyOf(call, number);
      throw new AppError("turn_gone", {
        extra: { message_id: id, message: `/chat/messages/${id}` },
      });
    },

    /** Ends a turn, or whichever runs, with the text so far. After its end it only says how it ended. */
    async stop(call: Call, given: number | null): Promise<Response> {
      const number = given ?? (turns.current && numberOf(turns.current.turn));
      if (number === null) return new Response(null, { status: 204 });
      const live = running(number);
      if (live) stopTurn(live);
      const [end, late] = live ? await ending(live.log, live) : [null, false];
      const reply = (late && end?.exchange?.reply) || (await replyOf(call, number));
      return Response.json({
        turn_id: turnId(number),
        status: reply.status,
        assistant_message: toMessage(reply),
        ...(late && { notice: toNotice("not_yet_in_history") }),
      });
    },

    /** The running turn, and where it can be followed, or its events; 204 where there is none. */
    current({ conversationId }: Call, reading?: Reading): Response {
      if (!turns.current) return new Response(null, { status: 204 });
      const { turn, log } = turns.current;
      if (reading) return stream(numberOf(turn), log, reading);
      const { said, reply, startedAt } = turn;
      const id = turnId(numberOf(turn));
      return Response.json({
        turn_id: id,
        conversation_id: conversationId,
        user_message_id: said?.id ?? null,
        assistant_message_id: reply.id,
        started_at: new Date(startedAt).toISOString(),
        events: `/chat/conversations/${conversationId}/turns/${id}/events`,
      });
    },
  };
}

/** Who follows a turn is told what its opener had said, unless they know. */
const withNotes = ({ terms, ...reading }: Reading, notes: string | undefined): Reading => ({
  ...reading,
  terms: terms && notes !== undefined ? { ...terms, notes } : terms,
});

const GONE: EndedEvent = {
  type: "ended",
  exchange: null,
  failure: { code: "conversation_deleted", retryAfter: null },
};

/** The events of an ended turn, made anew from its rows. */
function eventsOf(number: number, exchange: Exchange): TurnEvent[] {
  const { said, reply } = exchange;
  const failure: Failure | null =
    reply.status === "failed" ? { code: reply.errorCode ?? "upstream_error", retryAfter: null } : null;
  return [
    { type: "started", number, said, reply: openingOf(reply) },
    ...shownIn(reply),
    ...(reply.content ? [{ type: "text" as const, text: reply.content }] : []),
    { type: "ended", exchange, failure },
  ];
}
