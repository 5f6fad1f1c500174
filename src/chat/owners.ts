import type { Conversation } from "../db/schema";
import type { Database } from "../db/client";
import type { Env } from "../env";
import type { EventLog } from "../events/log";
import type { Agenda } from "./agenda";
import type { LatestExchange } from "./commands";
import type { RunningTurn } from "./run";
import type { StateOwner } from "./state";
import { numberOf } from "./turn";
import type { TurnStore } from "./turn-store";

/** What the parts of a conversation's object share. Each thing has one owner. */
export type Owners = {
  env: Env;
  db: Database;
  store: TurnStore;
  state: StateOwner;
  turns: OpenTurns;
  agenda: Agenda;
  /** Lets work go on that nobody waits for. */
  background: (work: Promise<unknown>) => void;
};

export type OpenTurns = ReturnType<typeof openTurns>;

/** The turns that are not settled: at most one that the conversation knows, and those that the database refused. */
export function openTurns() {
  const all = new Set<RunningTurn>();
  return {
    all: all as ReadonlySet<RunningTurn>,
    /** The one that the conversation is busy with. */
    current: null as RunningTurn | null,
    /** The last one that was settled in this life of the object. */
    latest: null as { number: number; exchange: LatestExchange; log: EventLog } | null,
    /** What an earlier life of the object has left to do, once it is begun. */
    recovery: null as Promise<void> | null,
    add: (running: RunningTurn) => void all.add(running),
    remove(running: RunningTurn) {
      all.delete(running);
      if (this.current === running) this.current = null;
    },
    /** The numbers of those that the conversation knows. */
    numbers: () => new Set(Array.from(all, ({ turn }) => numberOf(turn))),
    /** Where the next turn begins: a number that an open one has is not given again. */
    ahead(state: Conversation): Conversation {
      const given = Array.from(all, ({ turn }) => turn.head.messageSeq);
      return { ...state, messageSeq: Math.max(state.messageSeq, ...given) };
    },
  };
}
