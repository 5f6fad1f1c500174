import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { fill, inRoom, newTalk, noBrowser, PHONE, useBrowser, useUpstream } from "./harness.ts";
import { MANY } from "./place.ts";

const { visit, complaints } = useBrowser();
useUpstream();
let talk: Awaited<ReturnType<typeof newTalk>>;

describe.skipIf(noBrowser)("finding", () => {
  beforeAll(async () => {
    talk = await newTalk();
    await fill(talk);
  });

  const scrollUp = (page: Page) => page.locator(".scroll").evaluate((area) => area.scrollTo(0, 0));

  it("10,000 messages are there page by page as one scrolls, drawn only where one is, and one stays where one is", async () => {
    const page = await visit(`/c/${talk.id}`);
    await inRoom(page).getByText(`Message ${MANY.messages} of many`).waitFor();
    const drawn = page.locator(".messages > li:not(.day)");
    expect(await drawn.count()).toBeLessThan(200);
    const first = () =>
      drawn.evaluateAll((all) =>
        Math.min(...all.map((one) => Number(/Message (\d+) of/.exec(one.textContent)?.[1] ?? Infinity))),
      );
    await expect
      .poll(() => scrollUp(page).then(first), { timeout: 110_000, interval: 30 })
      .toBeLessThan(MANY.messages - 595);
    expect(await drawn.count()).toBeLessThan(200);
    await page.getByRole("button", { name: "To the newest message" }).click();
    await expect
      .poll(() => inRoom(page).getByText(`Message ${MANY.messages} of many`).isVisible(), { timeout: 60_000 })
      .toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("a conversation among a thousand is found by a word of its title, with or without its accents", async () => {
    const page = await visit("/");
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
    // Where there is no room for the list beside a room, the same keys lead to it.
    await page.setViewportSize(PHONE.viewport);
    await page.keyboard.press("Control+k");
    await expect
      .poll(() => page.evaluate(() => location.pathname + document.activeElement?.getAttribute("type")), {
        timeout: 60_000,
      })
      .toBe("/search");
    await page.close();
  });

  it("what was said with somebody is on their page, however much was said with others since", async () => {
    const page = await visit("/new");
    const next = { link: `</chat/conversations?limit=100&cursor=x>; rel="next"` };
    await page.route(/conversations\?limit=100$/, (route) => route.fulfill({ json: [], headers: next }));
    await page.goto(`/p/${talk.persona}`);
    await inRoom(page).getByRole("link", { name: "A talk by the sea" }).waitFor();
    await page.close();
  });

  it("conversations stand under their days, the newest first", async () => {
    const page = await visit("/");
    const days = page.getByRole("navigation").getByRole("heading");
    await expect
      .poll(() => days.allInnerTexts(), { timeout: 60_000 })
      .toEqual(expect.arrayContaining(["Today", "Yesterday", "Last seven days"]) as string[]);
    await page.close();
  });
});
