import { env } from "cloudflare:workers";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";

import { hashPassword, verifyPassword } from "../../src/identity/passwords";
import { api, json, newUser, scryptHash } from "../harness";
import { useRealCost } from "../hash-cost";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("a password is stored as a PHC string with OWASP's parameters and a salt of its own", async () => {
  onTestFinished(useRealCost());
  const [one, two] = [await hashPassword("same password"), await hashPassword("same password")];
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(one).not.toBe(two);
});

it.each([
  ["plain", "password123"],
  ["with spaces around it", "  spaces  "],
  ["beyond ASCII", "ключ🔑密码"],
  ["as long as can be", `${"x".repeat(1023)}y`],
])("every character of a password counts: %s", async (_, password) => {
  const hash = await hashPassword(password);
  expect(await verifyPassword(password, hash)).toEqual({ matches: true, outdated: false });
  expect((await verifyPassword(password.slice(0, -1), hash)).matches).toBe(false);
});

it("nobody's password is ever right", async () => {
  expect((await verifyPassword("password123", null)).matches).toBe(false);
});

it("a hash made with older parameters is replaced at the next login", async () => {
  onTestFinished(useRealCost());
  const { id, email, password } = await newUser();
  const stored = () =>
    env.DB.prepare("SELECT password_hash FROM users WHERE id = ?").bind(id).first<string>("password_hash");
  await env.DB.prepare("UPDATE users SET password_hash = ? WHERE id = ?")
    .bind(scryptHash(password, { ln: 14, r: 8, p: 1 }), id)
    .run();
  await json(api("/auth/login", { body: { email, password: "wrong password" } }), 401);
  expect(await stored()).toContain("ln=14");
  await json(api("/auth/login", { body: { email, password } }));
  expect(await stored()).toContain("ln=15,r=8,p=3");
  await json(api("/auth/login", { body: { email, password } }));
});

it("passwords are hashed one after the other, so that a stream waits for a piece of one alone", async () => {
  onTestFinished(useRealCost());
  const waits = vi.spyOn(scheduler, "wait");
  await Promise.race([hashPassword("password123"), hashPassword("password456")]);
  expect(waits.mock.calls.filter(([ms]) => ms === 0).length).toBeLessThan(200);
});

it("more hashes at once than can be made in time are refused, and the next one is made again", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const hashes = Promise.allSettled(Array.from({ length: 60 }, () => hashPassword("password123")));
  vi.setSystemTime(Date.now() + 6000);
  const results = await hashes;
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(60);
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ code: "overloaded", status: 503, headers: { "Retry-After": "3" } });
  }
  expect(await hashPassword("password123")).toContain("$scrypt$");
});

it("hashes whose requests were cut off in the middle keep nobody out", async () => {
  const cutOff = vi.spyOn(scheduler, "wait").mockReturnValue(new Promise(() => {}));
  for (let i = 0; i < 2; i++) void hashPassword("password123");
  await vi.waitFor(() => expect(cutOff).toHaveBeenCalledTimes(2));
  cutOff.mockRestore();
  const clock = { now: Date.now() };
  vi.spyOn(Date, "now").mockImplementation(() => clock.now);
  const wait = scheduler.wait.bind(scheduler);
  vi.spyOn(scheduler, "wait").mockImplementation((ms) => {
    clock.now += ms;
    return wait(0);
  });
  expect(await hashPassword("password123")).toContain("$scrypt$");
});
