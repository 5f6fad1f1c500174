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
  inSlot((progress) => finish(scrypt(password, salt, cost, length), progress));

/** Does the work piece by piece; between two of them everything else that waits for the thread has its turn. */
async function finish<T>(pieces: Iterator<void, T>, progress: () => void): Promise<T> {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
    await scheduler.wait(0);
    progress();
  }
}

/** Each hash holds 32 MiB of the isolate's 128: two at once leave room for everybody else. */
const SLOTS = 2;
const PATIENCE_MS = 5000;
const POLL_MS = 25;
/** A request that was cut off never gives its slot back; one that goes on shows it every few milliseconds. */
const STALE_MS = 1000;

type Slot = { movedAt: number };
const taken = new Set<Slot>();

/** @throws AppError `overloaded` if no slot comes free in time */
async function inSlot<T>(work: (progress: () => void) => Promise<T>): Promise<T> {
  const slot = await takeSlot();
  try {
    // What has come meanwhile goes first: other logins are to be counted.
    await scheduler.wait(0);
    return await work(() => (slot.movedAt = Date.now()));
  } finally {
    taken.delete(slot);
  }
}

async function takeSlot(): Promise<Slot> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    for (const slot of taken) if (slot.movedAt < Date.now() - STALE_MS) taken.delete(slot);
    if (taken.size < SLOTS) {
      const slot = { movedAt: Date.now() };
      taken.add(slot);
      return slot;
    }
    if (Date.now() >= deadline) throw new AppError("overloaded", { headers: { "Retry-After": "3" } });
    await scheduler.wait(POLL_MS);
  }
}
