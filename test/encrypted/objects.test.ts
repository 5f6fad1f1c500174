import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { eventsOf, newConversation, readEvents, textOf } from "../chat/harness";
import { sealedStorage } from "../../src/chat/sealed-storage";
import { openVault } from "../../src/db/vault";
import { api, json } from "../harness";
import { gate, says, scriptUpstream } from "../upstream";

const objectOf = (id: number) => env.CONVERSATIONS.getByName(String(id));

/** Everything an object keeps, by name, bytes as the characters they may be. */
const kept = (id: number): Promise<Map<string, string>> =>
  runInDurableObject(objectOf(id), (_, { storage }) => {
    const readable = (_name: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
    return new Map(Array.from(storage.kv.list(), ([name, value]) => [name, JSON.stringify(value, readable)]));
  });

const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const LONG = Array.from({ length: 40 }, (_, i) => `Ravens ${i} ${"gather ".repeat(150)}`);

describe("with an ENCRYPTION_KEY a conversation's object", () => {
  it("keeps no word of a turn while it runs, nor after it, and tells it again", async () => {
    const wait = gate();
    const script = says(...LONG);
    scriptUpstream({
      steps: [...(script.steps ?? []).slice(0, 40), { wait }, ...(script.steps ?? []).slice(40)],
    });
    const chat = await newConversation();
    const events = eventsOf(await chat.stream("Where is the lighthouse?", { "idempotency-key": "k1" }));
    for (let n = 0; n < 41; n++) await events.next();
    const names = async () => [...(await kept(chat.id)).keys()].join(" ");
    await expect.poll(names).toMatch(/key:k1.*log:.*turn:/);
    expect([...(await kept(chat.id)).values()].join()).not.toMatch(/Ravens|gather|lighthouse|fingerprint/);
    wait.open = true;
    for await (const _ of events);
    expect([...(await kept(chat.id)).values()].join()).not.toMatch(/Ravens|gather|lighthouse|fingerprint/);

    await evictDurableObject(objectOf(chat.id));
    const again = await readEvents(
      await chat.stream("Where is the lighthouse?", { "idempotency-key": "k1" }),
    );
    expect(textOf(again)).toBe(LONG.join(""));
    const other = await json(chat.send("Something else", { "idempotency-key": "k1" }), 422);
    expect(other).toMatchObject({ code: "idempotency_key_reused" });
  });

  it("reads what it kept before there was a key, or under an older one, and nothing that was put elsewhere", async () => {
    const vaults = [
      openVault(),
      openVault({ keys: [OLD], seals: true }),
      openVault({ keys: [NEW, OLD], seals: true }),
    ];
    await runInDurableObject(env.CONVERSATIONS.getByName("a test"), (_, { storage }) => {
      const [plain, old, renewed] = vaults.map((vault) => sealedStorage(storage.kv, () => vault, "one"));
      const value = { said: { content: "Ravens", createdAt: new Date(5) }, list: [null, 1, "x"] };
      plain!.put("a", 3, value);
      old!.put("b", 3, value);
      renewed!.put("c", 3, value);
      for (const name of ["a", "b", "c"]) expect(renewed!.get(name)).toEqual(value);
      expect(renewed!.list("")).toEqual(["a", "b", "c"].map((name) => [name, value]));
      storage.kv.put("d", storage.kv.get("b"));
      expect(() => renewed!.get("d")).toThrow(/cannot be read/);
      expect(() => sealedStorage(storage.kv, () => vaults[2]!, "other").get("b")).toThrow(/cannot be read/);
      expect(() => old!.get("c")).toThrow(/ENCRYPTION_KEY lacks/);
    });
  });

  it("is forgotten with its conversation even where nobody can read it any more", async () => {
    scriptUpstream(says("Ravens."));
    const chat = await newConversation();
    await json(chat.send("Hello"));
    await evictDurableObject(objectOf(chat.id));
    await runInDurableObject(objectOf(chat.id), (_, { storage }) => {
      for (const [name, value] of Array.from(storage.kv.list<object>()))
        if (typeof value === "object") storage.kv.put(name, { ...value, key: "lostlost" });
    });
    await evictDurableObject(objectOf(chat.id));
    await env.DB.prepare("UPDATE conversations SET title = ? WHERE id = ?")
      .bind("enc1:lostlost:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", chat.id)
      .run();
    vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await json(chat.send("Still there?"), 500)).toMatchObject({
      code: "misconfigured",
      detail: expect.stringContaining("ENCRYPTION_KEY lacks the key lostlost"),
    });
    await json(api(chat.path, { method: "DELETE", token: chat.token }));
    expect((await kept(chat.id)).size).toBe(0);
  });
});
