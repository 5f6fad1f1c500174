import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { DESK, enter, newAccount, newTalk, noBrowser, url, useBrowser, useUpstream } from "./harness.ts";

const { device, visit, complaints } = useBrowser();
const model = useUpstream();

type Talk = Awaited<ReturnType<typeof newTalk>>;
type Turn = { assistant_message: { id: number } };

async function say({ account, id }: Talk, content: string, answer: string): Promise<Turn> {
  model.upstream.next(reply(answer));
  return api<Turn>(`${url}/chat/conversations/${id}/send`, { token: account.token, body: { content } });
}
const LIFELINE = {
  name: "Lifeline",
  tel: "988",
  sms: "HOME → 741741",
  chat_url: "https://lifeline.example/chat",
  url: "https://lifeline.example/",
  hours: "24/7",
  languages: ["en"],
  kind: "suicide",
};
const card = (page: Page) =>
  page.locator("section.card", { has: page.getByRole("heading", { name: "Safety" }) });

describe.skipIf(noBrowser)("what somebody says against it", () => {
  it("is a report of a reply, from its inside", async () => {
    const talk = await newTalk();
    const turn = await say(talk, "Hello?", "You need no doctor.");
    const page = await visit(`/c/${talk.id}`);
    await page.getByText("You need no doctor.").waitFor();
    // The line in the reply's menu leads to the same as the button inside it.
    await page.locator(".reply.last").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Report this reply" }).click();
    const dialog = page.getByRole("dialog", { name: "Report this reply" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".reply.last").getByRole("button", { name: "Inside this reply" }).click();
    await page.getByRole("button", { name: "Report this reply" }).click();
    await dialog.getByLabel("What is wrong with it?").selectOption("self_harm");
    await dialog.getByLabel(/Anything to add/).fill("It must not say so.");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "detached" });
    const path = `/chat/messages/${turn.assistant_message.id}/report`;
    expect(await api(`${url}${path}`, { token: talk.account.token })).toMatchObject({
      reason: "self_harm",
      note: "It must not say so.",
      status: "open",
    });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is not needed against what a reply takes back: it is gone at once, and help and a break stay where they are shown", async () => {
    const talk = await newTalk();
    const page = await enter(await device(DESK), talk.account, `/c/${talk.id}`);
    const frame = (id: number, name: string, data: object) =>
      `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    const message = { conversation_id: talk.id, error_code: null, usage: null, created_at: new Date() };
    const user_message = { ...message, id: 1, role: "user", status: "complete", content: "Hello?" };
    const assistant_message = { ...message, id: 2, parent_id: 1, role: "assistant", content: "" };
    const shown = { id: "shown_1", source: "floor", text: "Are you safe right now?", must_show: true };
    const body = [
      frame(1, "turn.started", {
        turn_id: "turn_2",
        user_message,
        assistant_message: { ...assistant_message, status: "in_progress" },
      }),
      frame(2, "safety", { ...shown, code: "crisis", level: "high", step: 1, resources: [LIFELINE] }),
      frame(3, "notice", { ...shown, kind: "break_reminder", text: "Time for a break?", locale: "en" }),
      frame(4, "delta", { text: "Here is how." }),
      frame(5, "message.withdrawn", { message_id: 2, text: "" }),
      frame(6, "delta", { text: "Let us talk of something else." }),
    ].join("");
    await page.route(/\/send$/, (route) => route.fulfill({ contentType: "text/event-stream", body }));
    // The rest of the turn does not come.
    await page.route(/\/turns\//, (route) => route.abort());
    await page.getByText("may not be suitable for some minors").waitFor();
    await page.getByRole("textbox").fill("Hello?");
    await page.keyboard.press("Enter");
    await page.getByText("Let us talk of something else.", { exact: true }).waitFor();
    expect(await page.getByText("Here is how.").count()).toBe(0);
    const help = page.locator("section.help.high", { hasText: "Are you safe right now?" });
    const hrefs = await help
      .getByRole("link")
      .evaluateAll((links) => links.map((a) => a.getAttribute("href")));
    expect(hrefs).toEqual([LIFELINE.url, "tel:988", "sms:741741", LIFELINE.chat_url]);
    await page.locator(".note.card", { hasText: "Time for a break?" }).waitFor();
    await page.context().close();
  });

  it("is an objection to what was found, in the settings", async () => {
    const talk = await newTalk(newAccount());
    await say(talk, "I'm 13", "Nice.");
    await say(talk, "Sometimes I wish I had never been born", "I see.");
    const page = await enter(await device(DESK), talk.account, "/settings");
    await card(page).getByText("You said that you are under eighteen").waitFor();
    await card(page).getByRole("combobox", { name: "That was wrong…" }).selectOption("fiction");
    await card(page).getByText("It was fiction").waitFor();
    await card(page).getByRole("button", { name: "Object" }).click();
    const dialog = page.getByRole("dialog", { name: "Have a person look at it" });
    await dialog.getByLabel(/Anything to add/).fill("I am 31.");
    await dialog.getByRole("button", { name: "Send" }).click();
    await card(page).getByText("Nobody has answered yet.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
