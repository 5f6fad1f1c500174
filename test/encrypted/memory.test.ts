import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { newConversation } from "../chat/harness";
import { openVault } from "../../src/db/vault";
import { openCells } from "../../src/memory/cells";
import { openFacts } from "../../src/memory/facts/store";
import { digest } from "../../src/memory/message";
import { resealAll } from "../../src/memory/reseal";
import { openStore } from "../../src/memory/store";
import { api, json } from "../harness";
import { says, scriptUpstream } from "../upstream";

const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

describe("with an ENCRYPTION_KEY a persona's memory", () => {
  it("keeps no word of what was said or is known, and finds it all the same", async () => {
    scriptUpstream(says("The lighthouse is lovely."));
    const chat = await newConversation();
    const { token } = chat;
    await json(chat.send("I live in Bergen. The ravens gather."));
    const memory = `/personas/${chat.personaId}/memory`;
    const { messages } = await json<{ messages: { content: string }[] }>(
      api(`${memory}/search?q=ravens`, { token }),
    );
    expect(messages[0]!.content).toContain("ravens");
    expect(await json(api(memory, { token }))).toMatchObject([{ text: "I live in Bergen." }]);
    const object = env.MEMORIES.getByName(`${chat.user.id}:${chat.personaId}`);
    const kept = await runInDurableObject(object, (_, { storage: { sql } }) =>
      ["packs", "chapters", "facts", "gone", "refused", "synced"].flatMap((table) =>
        sql.exec(`SELECT * FROM ${table}`).toArray(),
      ),
    );
    expect(kept.length).toBeGreaterThan(2);
    expect(JSON.stringify(kept)).not.toMatch(/raven|Bergen|lighthouse/i);
  });

  it("is sealed anew under a new key, and says what it could not open", async () => {
    await runInDurableObject(env.MEMORIES.getByName("a test"), (_, { storage }) => {
      const under = (...keys: Uint8Array[]) =>
        openCells(
          () => openVault({ keys, seals: true }),
          () => 3,
        );
      const said = { id: 5, role: "user", at: 1, body: "Ravens" } as const;
      const before = openStore(storage, under(OLD));
      before.open();
      before.save({ id: 5, revision: 0, said: [said] });
      before.saveChapter({ id: 1, digests: [{ ...digest(said), pack: 5 }] });
      const facts = openFacts(storage, under(OLD));
      facts.open();
      facts.tell("other", "I sing bass.", true, 1);
      expect(resealAll(storage, under(NEW))).toEqual({ rewritten: 0, locked: 3, damaged: 0 });
      expect(resealAll(storage, under(NEW, OLD))).toEqual({ rewritten: 3, locked: 0, damaged: 0 });
      expect(resealAll(storage, under(NEW, OLD))).toEqual({ rewritten: 0, locked: 0, damaged: 0 });
      const after = openStore(storage, under(NEW));
      expect(after.read([5])[0]?.said).toEqual([said]);
      expect([...after.chapters()][0]?.digests[0]?.words).toContain("raven");
      const known = openFacts(storage, under(NEW));
      known.load();
      expect(known.list()).toMatchObject([{ text: "I sing bass." }]);
    });
  });
});
