import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { held, inRoom, newTalk, noBrowser, PHONE, url, useBrowser, useUpstream } from "./harness.ts";

const { visit, complaints } = useBrowser();
const model = useUpstream();

const say = async (page: Page, text: string) => {
  await page.getByLabel("Write to Alex").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
};
const shown = (page: Page) => page.locator(".bubble, .reply .md").allInnerTexts();

describe.skipIf(noBrowser)("what was said otherwise", () => {
  it("stands beside it: another reply is turned to and back with the arrows, on every device", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const phone = await visit(`/c/${id}`, PHONE);
    model.upstream.next(reply("The first answer."), reply("The second answer."));
    await say(page, "Which one?");
    await inRoom(page).getByText("The first answer.").waitFor();
    await page.getByRole("button", { name: "Another reply" }).click();
    await inRoom(page).getByText("The second answer.").waitFor();
    await page.getByRole("group", { name: "Variants" }).getByText("2/2").waitFor();
    await page.getByRole("button", { name: "The one before" }).click();
    await inRoom(page).getByText("The first answer.").waitFor();
    await inRoom(page).getByText("1/2").waitFor();
    await inRoom(phone).getByText("The first answer.").waitFor();
    expect(await shown(page)).toEqual(["Which one?", "The first answer."]);
    await page.getByRole("button", { name: "The next one" }).click();
    await inRoom(page).getByText("The second answer.").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    await phone.close();
  });

  it("is another of a persona's first words, where there are several", async () => {
    const { account, persona } = await newTalk();
    await api(`${url}/personas/${persona}`, {
      token: account.token,
      method: "PUT",
      body: { greeting: "Ahoy!", alternate_greetings: ["Land ho!"] },
    });
    const page = await visit(`/p/${persona}`);
    await page.getByRole("button", { name: "Let Alex begin" }).click();
    await page.locator(".reply").getByText("Ahoy!").waitFor();
    await page.getByRole("group", { name: "Variants" }).getByText("1/2").waitFor();
    await page.getByRole("button", { name: "The next one" }).click();
    await inRoom(page).getByText("Land ho!").waitFor();
    expect(await shown(page)).toEqual(["Land ho!"]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is answered anew where it is one's own, and what was there stays", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    model.upstream.next(reply("Rain, I fear."), reply("Sun, all of it."));
    await say(page, "Weather on Monday?");
    await inRoom(page).getByText("Rain, I fear.").waitFor();
    await page.locator(".said").getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Other words").fill("Weather on Sunday?");
    await page.locator(".editor").getByRole("button", { name: "Send" }).click();
    await inRoom(page).getByText("Sun, all of it.").waitFor();
    await page.locator(".said").getByText("2/2").waitFor();
    expect(await shown(page)).toEqual(["Weather on Sunday?", "Sun, all of it."]);
    await page.locator(".said").getByRole("button", { name: "The one before" }).click();
    await expect
      .poll(() => shown(page), { timeout: 60_000 })
      .toEqual(["Weather on Monday?", "Rain, I fear."]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is put into the persona's mouth, and taken up where it had stopped", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const { steps } = held(20, 5);
    model.upstream.next(steps);
    await say(page, "Count for me.");
    await inRoom(page).getByText("word5").waitFor();
    await page.getByRole("button", { name: "Stop the reply" }).click();
    await inRoom(page).getByText("You stopped this reply.").waitFor();
    model.upstream.next(reply("and so on."));
    await page.locator(".ending").getByRole("button", { name: "Go on" }).click();
    await inRoom(page)
      .getByText(/word5\s+and so on\./)
      .waitFor();
    await page.locator(".reply.last").getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Other words").fill("As many as you like.");
    await page.locator(".editor").getByRole("button", { name: "Save", exact: true }).click();
    await inRoom(page).getByText("As many as you like.").waitFor();
    await page.locator(".reply").getByText("2/2").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("goes its own way in a new conversation", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    model.upstream.next(reply("One."), reply("Two."));
    await say(page, "First?");
    await inRoom(page).getByText("One.").waitFor();
    await say(page, "Second?");
    await inRoom(page).getByText("Two.").waitFor();
    await page.locator(".reply").first().hover();
    await page.locator(".reply").first().getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Go on in a new conversation" }).click();
    await page.waitForURL((to) => to.pathname !== `/c/${id}`);
    await expect.poll(() => shown(page), { timeout: 60_000 }).toEqual(["First?", "One."]);
    await page.goBack();
    await inRoom(page).getByText("Two.").waitFor();
    await page.close();
  });

  it("is done by keyboard alone: the last words with the arrow up, the variants with the focus staying on the arrow", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName,
      );
    model.upstream.next(reply("Rain."), reply("Sun."), reply("Snow."));
    await say(page, "Monday?");
    await inRoom(page).getByText("Rain.").waitFor();
    for (const [day, weather] of [
      ["Tuesday?", "Sun."],
      ["Friday?", "Snow."],
    ] as const) {
      await page.getByLabel("Write to Alex").focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(day);
      await page.keyboard.press("Enter");
      await inRoom(page).getByText(weather).waitFor();
    }
    await page.locator(".said").getByText("3/3").waitFor();
    await expect.poll(focused, { timeout: 60_000 }).toBe("Write to Alex");
    await page.locator(".said").getByRole("button", { name: "The one before" }).focus();
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("Sun.").waitFor();
    expect(await focused()).toBe("The one before");
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("Rain.").waitFor();
    await expect.poll(focused, { timeout: 60_000 }).toBe("The next one");
    // What one began to say otherwise is left as it was.
    await page.getByLabel("Write to Alex").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    await expect.poll(focused, { timeout: 60_000 }).toBe("Edit");
    expect(await shown(page)).toEqual(["Monday?", "Rain."]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is found again in the list of branches, and the whole of it copied", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    model.upstream.next(reply("One."), reply("Two."));
    await say(page, "Which?");
    await inRoom(page).getByText("One.").waitFor();
    await page.getByRole("button", { name: "Another reply" }).click();
    await inRoom(page).getByText("Two.").waitFor();
    const openList = async () => {
      await page.getByRole("button", { name: "Conversation", exact: true }).click();
      await page.getByRole("menuitem", { name: "Branches" }).click();
    };
    await openList();
    const ways = page.getByRole("dialog").locator(".way");
    await ways.nth(1).waitFor();
    expect(await ways.locator(".words").allInnerTexts()).toEqual(["Two.", "One."]);
    await ways.nth(1).click();
    await expect.poll(() => shown(page), { timeout: 60_000 }).toEqual(["Which?", "One."]);
    await openList();
    await page.getByRole("button", { name: "Copy with all branches" }).click();
    await page.waitForURL((to) => to.pathname !== `/c/${id}`);
    await page.locator(".reply").getByText("1/2").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe.skipIf(noBrowser)("two who change the same conversation", () => {
  it("are told that the other one was first, and see what they have done, and may go on all the same", async () => {
    const { account, id } = await newTalk();
    const page = await visit(`/c/${id}`);
    model.upstream.next(reply("Rain."), reply("Hail."));
    await say(page, "Monday?");
    await inRoom(page).getByText("Rain.").waitFor();
    // This tab has not heard of it yet.
    await page.route(/messages\?limit=1&/, (route) => route.abort());
    const [said] = await api<{ id: number }[]>(`${url}/chat/conversations/${id}/messages`, account);
    const body = { content: "Tuesday?", answer: true };
    await api(`${url}/chat/conversations/${id}/messages/${said?.id}/edit`, { token: account.token, body });
    await page.locator(".said").getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Other words").fill("Wednesday?");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The conversation has changed since you last saw it").waitFor();
    await inRoom(page).getByText("Hail.").waitFor();
    model.upstream.next(reply("Fog."));
    await page.getByRole("button", { name: "Try again" }).click();
    await inRoom(page).getByText("Fog.").waitFor();
    await page.locator(".said").getByText("3/3").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
