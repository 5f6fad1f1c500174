import { signal } from "@preact/signals";

import { Failure, failureOf } from "./failure";
import { beforeTry } from "./network";
import { storage } from "./preferences";
import type { Tokens } from "./types";

/**
 * Who is signed in here. The refresh token is in a cookie that no script can read; the access token is in this module's
 * memory and nowhere else, so a closed tab has forgotten it.
 */
export const signedIn = signal<boolean | null>(null);

let access: { token: string; user: string; until: number } | null = null;
let refreshing: Promise<string> | null = null;

/** An access token is renewed so long before it expires. Milliseconds. */
const EARLY_MS = 60_000;
/** Says that a cookie may be there, so that a stranger's first visit asks for nothing. */
const HINT = "signed-in";
const KNOWN = "known";
/** Whether somebody was ever signed in here: who comes again signs in, who comes first registers. */
export const isKnown = (): boolean => storage.get(KNOWN) !== null;
const channel = new BroadcastChannel("session");

/** @throws Failure */
async function post(path: string, body: object, token?: string): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    ...(token && { Authorization: `Bearer ${token}` }),
  };
  const response = await fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...body, cookie: true }),
  }).catch(() => {
    throw new Failure(0);
  });
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** A user's id, as the access token names it. */
const subjectOf = (token: string): string =>
  (JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))) as { sub: string })
    .sub;

function take({ access_token: token, expires_in }: Tokens): string {
  const user = subjectOf(token);
  // Another tab has signed somebody else in: nothing here is theirs.
  if (access && access.user !== user) location.reload();
  access = { token, user, until: Date.now() + expires_in * 1000 - EARLY_MS };
  storage.set(HINT, "yes");
  storage.set(KNOWN, "yes");
  return token;
}

function enter(tokens: Tokens): void {
  take(tokens);
  signedIn.value = true;
  channel.postMessage("changed");
}

/** @throws Failure */
export async function signIn(email: string, password: string): Promise<void> {
  enter((await (await post("/auth/login", { email, password })).json()) as Tokens);
}

type Registration = { email: string; password: string; full_name?: string; invitation?: string };

/**
 * True where the new user is signed in; false where a mail says how to go on.
 * @throws Failure
 */
export async function register(registration: Registration): Promise<boolean> {
  const response = await post("/auth/register", registration);
  if (response.status === 202) return false;
  enter((await response.json()) as Tokens);
  return true;
}

/** Ends the session, and goes where strangers are. */
export async function signOut(to = "/"): Promise<void> {
  const token = await accessToken().catch(() => undefined);
  await post("/auth/logout", {}, token).catch(() => undefined);
  forget();
  channel.postMessage("changed");
  location.assign(to);
}

/** Forgets who was signed in, and what they had begun to write. */
function forget(): void {
  access = null;
  for (const key of storage.keys()) if (/^(?:draft|outbox):/.test(key)) storage.set(key, null);
  storage.set(HINT, null);
  signedIn.value = false;
}

/** Whether the server could not be reached when it was asked who is signed in. */
export const isAway = signal(false);

/** Finds out whether somebody is signed in. Without a network it stays open, and is asked until there is one. */
export async function resume(): Promise<void> {
  if (!storage.get(HINT)) signedIn.value = false;
  for (let tries = 0; signedIn.peek() === null; tries++) {
    try {
      await accessToken();
      signedIn.value = true;
    } catch {
      isAway.value = true;
      if (signedIn.peek() === null) await beforeTry(tries);
    }
  }
}

/**
 * A token that is good for a while yet.
 * @throws Failure
 */
export function accessToken({ renew = false } = {}): Promise<string> {
  if (access && !renew && access.until > Date.now()) return Promise.resolve(access.token);
  refreshing ??= alone(renewTokens).finally(() => (refreshing = null));
  return refreshing;
}

/** One at a time, across all tabs: the server takes each refresh token once. */
const alone = (work: () => Promise<string>): Promise<string> =>
  "locks" in navigator ? navigator.locks.request("refresh", work) : work();

async function renewTokens(): Promise<string> {
  try {
    return take((await (await post("/auth/refresh", {})).json()) as Tokens);
  } catch (error) {
    if (error instanceof Failure && error.status === 401) {
      access = null;
      storage.set(HINT, null);
      signedIn.value = false;
    }
    throw error;
  }
}

/** The user's id, under which what this device keeps is kept apart. */
export const userKey = (): string => access?.user ?? "0";

channel.addEventListener("message", () => {
  const here = storage.get(HINT) !== null;
  if (signedIn.value !== here) location.reload();
  else if (here) void accessToken({ renew: true }).catch(() => undefined);
});
