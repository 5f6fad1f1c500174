import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { enter, execute, newTalk, noBrowser, useBrowser, useUpstream, inRoom } from "./harness.ts";

const MESSAGES = 10_000;
const CONVERSATIONS = 1000;

const { device, complaints } = useBrowser();
useUpstream();
let talk: Awaited<ReturnType<typeof newTalk>>;

/** Numbers from 1. */
const series = (count: number) =>
  `WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})`;

/** A conversation of 10,000 messages and a thousand others, the oldest of which is called by a name of its own. */
async function fill({ id, persona }: typeof talk) {
  const [base, now] = [id * 2 ** 20, Date.now()];
  await execute(`
    INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
    ${series(MESSAGES)}
    SELECT ${base} + n, ${id}, CASE n WHEN 1 THEN NULL ELSE ${base} + n - 1 END, n - 1,
      CASE n % 2 WHEN 1 THEN 'user' ELSE 'assistant' END, 'Message ' || n || ' of many', 'complete', ${now} - (${MESSAGES} - n) * 60000
    FROM series;
    UPDATE conversations SET head_message_id = ${base + MESSAGES}, message_seq = ${MESSAGES},
      message_count = ${MESSAGES}, revision = 1 WHERE id = ${id};
    INSERT INTO conversations (user_id, persona_id, title, nonce, created_at, updated_at)
    ${series(CONVERSATIONS)}
    SELECT user_id, ${persona}, CASE n WHEN ${CONVERSATIONS} THEN 'The Zürich letters' ELSE 'Talk number ' || n END, 'n' || n,
      ${now} - n * 3600000, ${now} - n * 3600000
    FROM series, personas WHERE personas.id = ${persona};
  `);
}

describe.skipIf(noBrowser)("finding", () => {
  beforeAll(async () => {
    talk = await newTalk();
    await fill(talk);
  });

  const scrollUp = (page: Page) => page.locator(".scroll").evaluate((area) => area.scrollTo(0, 0));

  it("10,000 messages are scrolled to the first of them, in pages, and the reader's place stays", async () => {
    const page = await enter(await device(), talk.account, `/c/${talk.id}`);
    await inRoom(page).getByText(`Message ${MESSAGES} of many`).waitFor();
    expect(await page.locator(".messages > li:not(.day)").count()).toBeLessThan(200);
    const first = inRoom(page).getByText("Message 1 of many", { exact: true });
    await expect
      .poll(
        async () => {
          await scrollUp(page);
          return first.count();
        },
        { timeout: 110_000, interval: 30 },
      )
      .toBe(1);
    await inRoom(page).getByText("Here began your conversation with Alex.").waitFor();
    expect(await page.locator(".messages > li:not(.day)").count()).toBe(MESSAGES);
    await page.getByRole("button", { name: "To the newest message" }).click();
    await expect
      .poll(() => inRoom(page).getByText(`Message ${MESSAGES} of many`).isVisible(), { timeout: 60_000 })
      .toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("a conversation among a thousand is found by a word of its title, with or without its accents", async () => {
    const page = await enter(await device(), talk.account, "/");
    await page.getByText("Talk number 1", { exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("zurich");
    await page.getByRole("link", { name: /The Zürich letters/ }).waitFor();
    await page
      .getByRole("status")
      .getByText("1 conversation", { exact: true })
      .waitFor({ state: "attached" });
    await page.getByRole("link", { name: /The Zürich letters/ }).click();
    await inRoom(page).getByText("Here began your conversation with Alex.").waitFor();
    await page.context().close();
  });

  it("conversations stand under their days, the newest first", async () => {
    const page = await enter(await device(), talk.account, "/");
    const days = page.getByRole("navigation").getByRole("heading");
    await expect
      .poll(() => days.allInnerTexts(), { timeout: 60_000 })
      .toEqual(expect.arrayContaining(["Today", "Yesterday", "Last seven days"]) as string[]);
    await page.context().close();
  });
});
