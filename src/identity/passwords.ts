import { timingSafeEqual } from "node:crypto";

import { AppError } from "../errors";
import { COST } from "./hash-cost";
import { scrypt, type Cost } from "./scrypt";

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * A PHC string, `$scrypt$ln=…,r=…,p=…$salt$hash`, under a fresh salt.
 * @throws AppError `overloaded`
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(Buffer.alloc(SALT_BYTES));
  return format(COST, salt, await derive(password, salt, COST, HASH_BYTES));
}

/**
 * Whether the password fits the PHC string; null stands for a user who does not exist, and takes as long.
 * `outdated` if the string was made with other parameters than today's.
 * @throws AppError `overloaded`
 */
export async function verifyPassword(
  password: string,
  phc: string | null,
): Promise<{ matches: boolean; outdated: boolean }> {
  const { cost, salt, hash } = parse(phc ?? DUMMY);
  const matches = timingSafeEqual(await derive(password, salt, cost, hash.length), hash) && phc !== null;
  return { matches, outdated: cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p };
}

const unpadded = (data: Buffer) => data.toString("base64").replace(/=+$/, "");
const format = ({ ln, r, p }: Cost, salt: Buffer, hash: Buffer) =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;

/** What an unknown user's password is checked against, so that the answer takes as long as a known one's. */
const DUMMY = format(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

function parse(phc: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, ln, r, p, salt, hash] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc) ?? [];
  if (!salt || !hash) throw new Error("A stored password hash is not a scrypt PHC string.");
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

const derive = (password: string, salt: Buffer, cost: Cost, length: number) =>
  inTurn((progress) => finish(scrypt(password, salt, cost, length), progress));

/** Does the work piece by piece; between two of them everything else that waits for the thread has its turn. */
async function finish<T>(pieces: Iterator<void, T>, progress: () => void): Promise<T> {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
    await scheduler.wait(0);
    progress();
  }
}

const PATIENCE_MS = 5000;
const POLL_MS = 25;
/** A request that was cut off never gives its turn back; one that goes on shows it every few milliseconds. */
const STALE_MS = 1000;

/**
 * The hash that is being made. Two at once would take as long together, hold 64 MiB of the isolate's 128, and have a stream
 * wait for a piece of each at every step of a token.
 */
let current: { movedAt: number } | null = null;

/** @throws AppError `overloaded` if its turn does not come in time */
async function inTurn<T>(work: (progress: () => void) => Promise<T>): Promise<T> {
  const turn = await takeTurn();
  try {
    // What has come meanwhile goes first: other logins are to be counted.
    await scheduler.wait(0);
    return await work(() => (turn.movedAt = Date.now()));
  } finally {
    if (current === turn) current = null;
  }
}

async function takeTurn() {
  const deadline = Date.now() + PATIENCE_MS;
  while (current && current.movedAt >= Date.now() - STALE_MS) {
    if (Date.now() >= deadline) throw new AppError("overloaded", { headers: { "Retry-After": "3" } });
    await scheduler.wait(POLL_MS);
  }
  return (current = { movedAt: Date.now() });
}
