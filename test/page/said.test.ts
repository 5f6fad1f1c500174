import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { violations } from "./axe.ts";
import { DESK, enter, inRoom, newTalk, noBrowser, PHONE, url, useBrowser, useUpstream } from "./harness.ts";

const { device, complaints } = useBrowser();
const model = useUpstream();
let talk: Awaited<ReturnType<typeof newTalk>>;

const call = <T>(path: string, body?: object, method?: string) =>
  api<T>(`${url}${path}`, { token: talk.account.token, ...(body && { body }), ...(method && { method }) });

/** Puts into the conversation what was said elsewhere: no model is asked. */
async function write(lines: string[]): Promise<void> {
  const body = lines
    .map((content, i) => ({
      role: i % 2 ? "assistant" : "user",
      content,
      created_at: `2025-05-01T10:00:0${i}Z`,
    }))
    .map((line) => JSON.stringify(line))
    .join("\n");
  const response = await fetch(`${url}/chat/conversations/${talk.id}/messages/import`, {
    method: "POST",
    headers: { Authorization: `Bearer ${talk.account.token}`, "Content-Type": "application/x-ndjson" },
    body,
  });
  expect(response.status, await response.text()).toBe(200);
}

/** What is wrong with what is shown, on a desk in the light and on a phone in the dark. */
async function shutOut(page: Page): Promise<string[]> {
  const wide = await violations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(PHONE.viewport);
  const narrow = await violations(page);
  await page.setViewportSize(DESK.viewport);
  await page.emulateMedia({ colorScheme: "light" });
  return [...wide, ...narrow];
}

beforeAll(async () => {
  if (noBrowser) return;
  talk = await newTalk();
  await write([
    "Do you remember the lighthouse?",
    "The <b>lighthouse</b> & its keeper, of course.",
    "And the harbour?",
    "Still and grey.",
  ]);
  model.upstream.next(reply("We counted the puffins there."));
  await call(`/chat/conversations/${talk.id}/send`, { content: "What else?" });
  const [, , , , , last] = await call<{ id: number }[]>(`/chat/conversations/${talk.id}/messages`);
  model.upstream.next(reply("Nothing that I would tell."));
  await call(`/chat/conversations/${talk.id}/messages/${last?.id}/regenerate`, {});
});

const look = async (page: Page, words: string) => {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
};
const hits = (page: Page) => page.locator(".row:has(.quote)");

describe.skipIf(noBrowser)("what was said", () => {
  it("is found by its words while one types, marked in them, and opened where it stands, by keyboard alone", async () => {
    const page = await enter(await device(DESK), talk.account);
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    await look(page, "lighth");
    await expect.poll(() => hits(page).count(), { timeout: 60_000 }).toBe(2);
    expect(await hits(page).locator("mark").allInnerTexts()).toEqual(["lighthouse", "lighthouse"]);
    const quotes = await hits(page).locator(".quote").allInnerTexts();
    expect(quotes).toContain("The <b>lighthouse</b> & its keeper, of course.");
    expect(quotes).toContain("You: Do you remember the lighthouse?");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    const words = (await hits(page).first().locator(".quote").innerText()).replace("You: ", "");
    await page.keyboard.press("Enter");
    const found = inRoom(page).locator("li:focus");
    await found.waitFor();
    expect(await found.innerText()).toContain(words.replaceAll(/<\/?b>/g, "").slice(0, 8));
    expect(new URL(page.url()).pathname).toBe(`/c/${talk.id}`);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await hits(page).first().waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is found on a branch that is not shown, and shown", async () => {
    const page = await enter(await device(DESK), talk.account, `/c/${talk.id}`);
    await inRoom(page).getByText("Nothing that I would tell.").waitFor();
    await look(page, "puffins");
    await hits(page).click();
    await inRoom(page).getByText("We counted the puffins there.").waitFor();
    await inRoom(page).getByText("1/2").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is not found where nobody has said it, and where there is no search the server says so", async () => {
    const page = await enter(await device(), talk.account);
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    await look(page, "zeppelin");
    await page.getByText("Nobody has said “zeppelin”.").waitFor();
    const detail =
      "There is no search on this server: what is stored is encrypted, and no index of it is kept.";
    await page.route(/\/chat\/search/, (route) =>
      route.fulfill({ status: 503, json: { detail, code: "search_off", request_id: "r" } }),
    );
    await page.keyboard.type("s");
    await page.getByRole("alert").getByText(detail).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("nobody is shut out", () => {
  it("from what is found", async () => {
    // The tool is a script of its own, which the page's policy rightly keeps out.
    const page = await enter(await device({ ...DESK, bypassCSP: true }), talk.account);
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    await look(page, "lighthouse");
    await hits(page).first().waitFor();
    expect(await shutOut(page), "what is found").toEqual([]);
    await page.context().close();
  });
});
