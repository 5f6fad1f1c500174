/** A call to the database that fails, counted from 1 since the trouble was made. */
export type Fault = {
  call: number;
  /** Every call from there on fails, until the trouble is over. */
  lasting?: boolean;
  /** Before the database has done anything, or after it has done everything and only its answer is lost. */
  when: "before" | "after";
  message: string;
};

/** A persona's memory that refuses every call, never answers one, or has just lost what it had in mind. */
export type MemoryFault = "down" | "silent" | "evicted";

/** What goes wrong for one conversation, and how often its database was called meanwhile. */
export type Trouble = { calls: number; database?: Fault; memory?: MemoryFault };
