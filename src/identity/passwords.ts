import { scrypt, timingSafeEqual } from "node:crypto";

import { AppError } from "../errors";

/** OWASP's scrypt parameters, and the strongest this platform allows (N·r·p ≤ 2^20). One hash takes about 240 ms. */
const COST = { ln: 15, r: 8, p: 3 };
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const HASH_BYTES = 32;

/** What an unknown user's password is checked against, so that the answer takes as long as a known one's. */
const DUMMY = "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/**
 * A PHC string, `$scrypt$ln=…,r=…,p=…$salt$hash`, under a fresh salt.
 * @throws AppError `overloaded`
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(Buffer.alloc(16));
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

type Cost = typeof COST;

const unpadded = (data: Buffer) => data.toString("base64").replace(/=+$/, "");
const format = ({ ln, r, p }: Cost, salt: Buffer, hash: Buffer) =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;

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

const derive = (password: string, salt: Buffer, { ln, r, p }: Cost, length: number) =>
  inSlot(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY_BYTES };
        scrypt(password, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );

/** Each hash holds 32 MiB of the isolate's 128 and its only thread: two at once leave room for everybody else. */
const SLOTS = 2;
const PATIENCE_MS = 2500;
const POLL_MS = 25;
/** A request that was cut off never gives its slot back. */
const STALE_MS = 10_000;

const taken = new Set<{ since: number }>();

/** @throws AppError `overloaded` if no slot comes free in time */
async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  const slot = await takeSlot();
  try {
    // scrypt blocks the thread: let what is waiting (other streams, and other logins to be counted) go first.
    await scheduler.wait(0);
    return await work();
  } finally {
    taken.delete(slot);
  }
}

async function takeSlot(): Promise<{ since: number }> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    for (const slot of taken) if (slot.since < Date.now() - STALE_MS) taken.delete(slot);
    if (taken.size < SLOTS) {
      const slot = { since: Date.now() };
      taken.add(slot);
      return slot;
    }
    if (Date.now() >= deadline) throw new AppError("overloaded", { headers: { "Retry-After": "3" } });
    await scheduler.wait(POLL_MS);
  }
}
