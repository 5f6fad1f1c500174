import { retried } from "../db/client";
import { conversationById } from "../db/conversations";
import { conversationOfMessage, messageById, messagesThrough } from "../db/messages";
import type { Message } from "../db/schema";
import { configOf } from "../env";
import { AppError, type Failure } from "../errors";
import type { EndedEvent, Exchange, TurnEvent } from "../events/events";
import { openLog, type EventLog } from "../events/log";
import type { Terms } from "../wire/dialect";
import { dialectOf, type DialectName } from "../wire/dialects";
import { replyOfTurn, toMessage, turnId } from "../wire/rows";
import { toNotice } from "../wire/turn-stream";
import { withTimeout } from "../async";
import { askedOf, type Call, type Delivery } from "./commands";
import type { Owners } from "./owners";
import { stopTurn, type RunningTurn } from "./run";
import { close, openingOf } from "./turn";

/** How long an answer waits for the database once the turn has ended: the object's disk knows the end, too. */
const HISTORY_GRACE_MS = 2_000;
/** More readers of one turn than any person has devices. */
const MAX_READERS = 64;

const noSuchTurn = () => new AppError("not_found", { detail: "Turn not found" });

/**
 * The reply's id of a turn of this conversation.
 * @throws AppError `not_found`
 */
export function replyIdOf({ conversationId }: Call, id: string): number {
  const replyId = replyOfTurn(id);
  if (replyId === null || conversationOfMessage(replyId) !== conversationId) throw noSuchTurn();
  return replyId;
}

/** A stream of events as an answer that nobody on the way holds back. */
export const eventStream = (body: ReadableStream, headers: Record<string, string> = {}): Response =>
  new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
      ...headers,
    },
  });

/** From which event on, and in which dialect, a turn is read. */
type Reading = { dialect: DialectName; terms?: Terms | undefined; after: number };

/** Everybody who reads a turn, while it runs and after: all come through one door, and all read a log. */
export function openFollower(owners: Owners) {
  const { env, db, store, turns } = owners;

  const running = (replyId: number): RunningTurn | null =>
    turns.current?.turn.reply.id === replyId ? turns.current : null;

  /** The events of a turn that has ended, as they were kept, completed from its rows; null where none are kept. */
  async function storedLog(call: Call, replyId: number): Promise<EventLog | null> {
    const [events, row] = [store.events(replyId), store.turn(replyId)];
    if (!events || !row) return null;
    const told = (await replay(call, replyId))?.at(-1) ?? GONE;
    const failure = row.ending?.failure;
    return openLog([
      ...events,
      told.type === "ended" && told.exchange && failure ? { ...told, failure } : told,
    ]);
  }

  /** The events of a turn told again from its rows, or null where there are none. */
  async function replay(call: Call, replyId: number): Promise<TurnEvent[] | null> {
    const [[conversation], rows] = await retried(() =>
      db.batch([
        conversationById(db, call.conversationId),
        messagesThrough(db, askedOf(call), replyId, { count: 2 }),
      ]),
    );
    const reply = rows.at(-1);
    if (!conversation || reply?.id !== replyId) return null;
    const said = rows.find(({ id, role }) => id === reply.parentId && role === "user") ?? null;
    return eventsOf({ conversation, said, reply });
  }

  async function replayedLog(call: Call, replyId: number): Promise<EventLog | null> {
    const events = await replay(call, replyId);
    return events && openLog(events);
  }

  /** A turn's log, one for all who read it at the same time: live, still read, or opened anew. */
  async function logOf(replyId: number, open: () => Promise<EventLog | null>): Promise<EventLog | null> {
    const { latest } = turns;
    const settled = latest?.reply.id === replyId ? latest.log : undefined;
    return running(replyId)?.log ?? settled ?? store.logs.get(replyId) ?? (await open());
  }

  function stream(replyId: number, log: EventLog, { dialect, terms, after }: Reading): Response {
    if (log.readers >= MAX_READERS) {
      throw new AppError("too_many_readers", { headers: { "Retry-After": "5" } });
    }
    for (const [id, other] of store.logs) if (other.readers === 0) store.logs.delete(id);
    store.logs.set(replyId, log);
    return eventStream(log.read(after, dialectOf(dialect, terms)));
  }

  /** How a turn ended: by the log or, where the database is late, by what the object knows. */
  async function ending(log: EventLog, live: RunningTurn | null): Promise<[EndedEvent, late: boolean]> {
    if (!live) return [await log.ended, false];
    const patience = live.written.then(() => withTimeout(log.ended, HISTORY_GRACE_MS));
    await Promise.race([log.ended, patience]);
    const end = log.last();
    return end ? [end, false] : [unsettledEnd(live), true];
  }

  /** The end of a turn as its settlement will have it. */
  function unsettledEnd(live: RunningTurn): EndedEvent {
    const { turn, ending: end } = live;
    const row = owners.state.current;
    if (!end || !row) throw new AppError("overloaded", { headers: { "Retry-After": "2" } });
    const { reply } = close(turn, end, configOf(env));
    const { messageSeq, messageCount, revision } = turn.head;
    const counters = { messageSeq, messageCount: messageCount ?? row.messageCount, revision };
    const conversation = { ...row, ...counters, headMessageId: reply.id, updatedAt: new Date() };
    return { type: "ended", exchange: { conversation, said: turn.said, reply }, failure: end.failure };
  }

  async function replyOf(call: Call, replyId: number): Promise<Message> {
    const [reply] = await retried(() => messageById(db, askedOf(call), replyId));
    if (reply?.role !== "assistant") throw noSuchTurn();
    return reply;
  }

  return {
    /** The turn that a send or a regenerate has begun or found: as events, or as JSON when it has ended. */
    async answer(call: Call, replyId: number, { stream: asEvents, ...reading }: Delivery): Promise<Response> {
      const live = running(replyId);
      const log = await logOf(
        replyId,
        async () => (await storedLog(call, replyId)) ?? (await replayedLog(call, replyId)),
      );
      if (!log) throw new AppError("turn_gone");
      if (asEvents) return stream(replyId, log, reading);
      const [end, late] = await ending(log, live);
      const { status, headers, body } = dialectOf(reading.dialect, reading.terms).answer(
        end,
        late ? "not_yet_in_history" : undefined,
        log.events,
      );
      const named = status >= 400 ? { ...body, request_id: call.requestId } : body;
      return Response.json(named, { status, ...(headers && { headers }) });
    },

    /** The events of a turn from any point, as often and from as many places as there are readers. */
    async events(call: Call, replyId: number, reading: Reading): Promise<Response> {
      const log = await logOf(replyId, () => storedLog(call, replyId));
      if (log) return stream(replyId, log, reading);
      await replyOf(call, replyId);
      throw new AppError("turn_gone", {
        extra: { message_id: replyId, message: `/chat/messages/${replyId}` },
      });
    },

    /** Ends a turn with the text so far. After its end it only says how it ended. */
    async stop(call: Call, replyId: number): Promise<Response> {
      const live = running(replyId);
      if (live) stopTurn(live);
      const [end, late] = live ? await ending(live.log, live) : [null, false];
      const reply = (late && end?.exchange?.reply) || (await replyOf(call, replyId));
      return Response.json({
        turn_id: turnId(replyId),
        status: reply.status,
        assistant_message: toMessage(reply),
        ...(late && { notice: toNotice("not_yet_in_history") }),
      });
    },

    /** The running turn, and where it can be followed; 204 where there is none. */
    current({ conversationId }: Call): Response {
      if (!turns.current) return new Response(null, { status: 204 });
      const { said, reply, startedAt } = turns.current.turn;
      const id = turnId(reply.id);
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

const GONE: EndedEvent = {
  type: "ended",
  exchange: null,
  failure: { code: "conversation_deleted", retryAfter: null },
};

/** The events of an ended turn, made anew from its rows. */
function eventsOf(exchange: Exchange): TurnEvent[] {
  const { said, reply } = exchange;
  const failure: Failure | null =
    reply.status === "failed" ? { code: reply.errorCode ?? "upstream_error", retryAfter: null } : null;
  return [
    { type: "started", said, reply: openingOf(reply) },
    ...(reply.content ? [{ type: "text" as const, text: reply.content }] : []),
    { type: "ended", exchange, failure },
  ];
}
