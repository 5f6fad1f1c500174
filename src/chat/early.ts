import { isSameCaller, type Caller, type Database } from "../db/client";
import { configOf, type Env } from "../env";
import { STOPPED } from "../models/generate";
import type { Order } from "./client";
import type { Live } from "./live-turn";
import type { Begin, Premise } from "./scene";
import { recordCalls } from "./settlement";
import { reportUnsettled } from "./telemetry";
import { close, type Standing } from "./turn";
import { WATCH_MS, type TurnStore } from "./turn-store";

/** A turn as far as nobody but the language model knows of it. `written` resolves when that has said its last word. */
export type Begun = { live: Live; written: Promise<void> };

/** Whom a turn was for, and what it began with: the database's word, of then. */
export type Known = { caller: Caller; premise: Premise };

type Sending = Extract<Begin, { verb: "send" }>;

/** A call that went ahead of the database, and what it goes by: it becomes a turn if the database says the same. */
export type Early = Begun & Known & { standing: Standing; command: Sending };

/** How long a call waits for its message to be sent again: longer than the `Retry-After` of a busy database. */
const HELD_MS = 30_000;

export type EarlyCalls = ReturnType<typeof earlyCalls>;

/** What becomes of early calls that do not become a turn. Each was made, so each is accounted for. */
export function earlyCalls(ctx: DurableObjectState, env: Env, db: Database, store: TurnStore) {
  let held: { call: Early; timer: ReturnType<typeof setTimeout> } | null = null;

  function drop({ live, written }: Early): void {
    live.controller.abort(STOPPED);
    const account = async () => {
      await written;
      const { usage } = close(live.turn, live.ending!, configOf(env));
      // The next turn gets the same numbers: only the call itself tells them apart.
      const calls = usage.map((call) => ({ ...call, id: `${call.id}/${crypto.randomUUID()}` }));
      await recordCalls(db, calls).catch(async (error: unknown) => {
        reportUnsettled(live.turn, error);
        store.owe(calls);
        await ctx.storage.setAlarm(Date.now() + WATCH_MS);
      });
    };
    ctx.waitUntil(account());
  }

  function letGo(): Early | null {
    const call = held?.call ?? null;
    clearTimeout(held?.timer);
    held = null;
    return call;
  }

  function dropHeld(): void {
    const call = letGo();
    if (call) drop(call);
  }

  return {
    drop,
    dropHeld,

    /** Keeps a call for its message to be sent again: the database could not be asked, and the client was told to come back. */
    hold(call: Early): void {
      dropHeld();
      held = { call, timer: setTimeout(dropHeld, HELD_MS) };
    },

    /** The call that was made for this message already. Where its sender says something else instead, it is dropped. */
    take({ caller }: Order, command: Begin): Early | null {
      if (!held || !isSameCaller(held.call.caller, caller)) return null;
      if (isSameMessage(held.call.command, command) && !hasFailed(held.call.live)) return letGo();
      dropHeld();
      return null;
    },

    /** Accounts for the calls that the database did not take when they were dropped, as far as it takes them now. */
    async pay(): Promise<void> {
      for (const call of store.owed()) {
        await recordCalls(db, [call]).then(
          () => store.paid(call),
          () => {},
        );
      }
    },
  };
}

const hasFailed = ({ ending }: Live) => ending !== undefined && ending.status !== "complete";

const isSameMessage = (sent: Sending, again: Begin) =>
  again.verb === "send" && again.content === sent.content && again.once?.key === sent.once?.key;
