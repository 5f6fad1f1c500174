import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { violations } from "./axe.ts";
import {
  DESK,
  enter,
  held,
  inRoom,
  newTalk,
  noBrowser,
  url,
  useBrowser,
  useUpstream,
  walk,
} from "./harness.ts";

const { device, visit, complaints } = useBrowser();
const model = useUpstream();
let talk: Awaited<ReturnType<typeof newTalk>>;

const RICH =
  "A *word*, a **list**:\n\n1. one\n2. two\n\n> said\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```sh\nls\n```";

describe.skipIf(noBrowser)("the page", () => {
  beforeAll(async () => {
    talk = await newTalk();
    model.upstream.next(reply(RICH));
    const body = { content: "Show me all you can." };
    await api(`${url}/chat/conversations/${talk.id}/send`, { token: talk.account.token, body });
  });

  it("has nothing that shuts anybody out, in any room, in either theme, at a desk and on a phone", async () => {
    // The tool is a script of its own, which the page's policy rightly keeps out.
    const context = await device({ ...DESK, bypassCSP: true });
    const stranger = await context.newPage();
    const outside = [
      ["/", stranger.getByRole("heading", { name: "A place to talk." })],
      ["/reset#token=dpm_x", stranger.getByLabel("New password")],
      ["/verify#token=dpm_x", stranger.getByRole("button", { name: "Confirm" })],
    ] as const;
    for (const [path, there] of outside) {
      await stranger.goto(path);
      await there.waitFor();
      expect(await violations(stranger), path).toEqual([]);
    }
    const page = await enter(context, talk.account);
    const rooms = [
      ["/", page.getByRole("heading", { name: "Alex" })],
      ["/new", page.getByLabel("Who they are")],
      [`/p/${talk.persona}`, page.getByLabel("Write to Alex")],
      [`/c/${talk.id}`, page.getByRole("button", { name: "Another reply" })],
      ["/c/999999", inRoom(page).getByText("This conversation is not here.")],
    ] as const;
    for (const [path, there] of rooms) {
      await walk(page, path);
      await there.first().waitFor();
      expect(await violations(page), path).toEqual([]);
    }
    await walk(page, `/c/${talk.id}`);
    await page.getByRole("button", { name: "Conversation", exact: true }).click();
    expect(await violations(page), "the menu").toEqual([]);
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page), "the dialog").toEqual([]);
    await context.close();
  });

  it("is used by keyboard alone: from the greeting to a reply, a menu and back", async () => {
    const page = await visit("/");
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
      );
    const tabTo = async (what: RegExp) => {
      for (let i = 0; i < 60 && !what.test((await focused()) ?? ""); i++) await page.keyboard.press("Tab");
      expect(await focused()).toMatch(what);
    };
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the room");
    await page.keyboard.press("Enter");
    await tabTo(/^A?Alex/);
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("Your conversations").waitFor();
    expect(await focused()).toBe("Write to Alex");
    const { steps } = held(40, 20);
    model.upstream.next(steps);
    await page.keyboard.type("From the keyboard");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("alone");
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("word20").waitFor();
    await page.keyboard.press("Escape");
    await inRoom(page).getByText("You stopped this reply.").waitFor();
    expect(await page.locator(".bubble").innerText()).toBe("From the keyboard\nalone");
    await page.getByRole("button", { name: "Conversation", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("Rename");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("Conversation");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("tells who listens that somebody writes, and then the reply whole, not letter by letter", async () => {
    const page = await visit(`/c/${talk.id}`);
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const log = document.querySelector("[role=log]")!;
      new MutationObserver(() => heard.push(log.lastElementChild?.textContent ?? "")).observe(log, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    model.upstream.next(reply("One two three four five."));
    await page.getByLabel("Write to Alex").fill("Count.");
    await page.getByRole("button", { name: "Send" }).click();
    await inRoom(page).getByText("One two three four five.").last().waitFor();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard), { timeout: 60_000 })
      .toEqual(["Alex is writing.", "One two three four five."]);
    await page.close();
  });

  it("opens without a network, says so, and loses nothing", async () => {
    const context = await device({ serviceWorkers: "allow" });
    const page = await enter(context, talk.account, `/c/${talk.id}`);
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await expect
      .poll(() => page.evaluate(async () => (await caches.match("/page")) !== undefined), { timeout: 60_000 })
      .toBe(true);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "Nothing is lost." }).waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    await context.close();
  });

  it("speaks German where the browser does, and what was chosen instead of it", async () => {
    const context = await device({ locale: "de-DE" });
    const page = await enter(context, talk.account, "/settings");
    await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await page.getByRole("radio", { name: "English" }).check();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await page.getByRole("radio", { name: "Dark" }).check();
    await page.reload();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await context.close();
  });
});
