import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { violations } from "./axe.ts";
import { enter, inRoom, newTalk, noBrowser, PHONE, useBrowser, useUpstream, url, walk } from "./harness.ts";

const { device, visit, complaints } = useBrowser();
const model = useUpstream();
type Talk = Awaited<ReturnType<typeof newTalk>>;
type Fact = { text: string; kind: string; is_pinned: boolean; is_suggested: boolean };

const BEES = "My aunt keeps seven bees in Oslo.";
let talk: Talk;
/** A later conversation with the same persona. */
let later: number;

const call = <T>(path: string, body?: object) => api<T>(url + path, { token: talk.account.token, body });
async function say(id: number, content: string, answer: string) {
  model.upstream.next(reply(answer));
  await call(`/chat/conversations/${id}/send`, { content });
}
const facts = () => call<Fact[]>(`/personas/${talk.persona}/memory`);
const panel = (page: Page) => page.getByRole("complementary", { name: "What Alex remembers" });
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
  );

describe.skipIf(noBrowser)("what a persona remembers", () => {
  beforeAll(async () => {
    talk = await newTalk();
    await say(talk.id, BEES, "Seven of them!");
    await say(talk.id, "My name is Ada. I love rain.", "Hello, Ada.");
    const body = { title: "Another day", persona_id: talk.persona };
    later = (await call<{ id: number }>("/chat/conversations", body)).id;
  });

  it("is told beside the reply that it came to mind for, with its day, and leads to where it was said", async () => {
    const page = await visit(`/c/${later}`);
    model.upstream.next(reply("Seven, in Oslo."));
    await page.getByLabel("Write to Alex").fill("How many bees does my aunt have?");
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("Seven, in Oslo.").waitFor();
    await inRoom(page)
      .getByRole("button", { name: /^Remembered from \d+ \w+$/ })
      .click();
    const inside = page.getByRole("complementary", { name: "Inside this reply" });
    await inside.getByText("What came to mind").waitFor();
    await inside.getByRole("link", { name: BEES }).click();
    await page.waitForURL((to) => to.pathname === `/c/${talk.id}`);
    await inRoom(page).getByText(BEES).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is confirmed, told, put otherwise, pinned, forgotten and had back, by keyboard alone", async () => {
    const page = await visit(`/c/${talk.id}`);
    const menu = page.getByRole("button", { name: "Conversation", exact: true });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const press = async (name: string) => {
      await panel(page).getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await press("Yes: I love rain.");
    await panel(page).getByRole("heading", { name: "What you like" }).waitFor();
    await press("Add something");
    await expect.poll(() => focused(page), { timeout: 60_000 }).toBe("");
    await page.keyboard.type("I sing bass.");
    await page.keyboard.press("Enter");
    await press("Edit: I sing bass.");
    await expect.poll(() => focused(page), { timeout: 60_000 }).toBe("");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("I sing tenor.");
    await page.keyboard.press("Enter");
    await press("Always keep in mind: I sing tenor.");
    await panel(page).getByRole("heading", { name: "Always in mind" }).waitFor();
    const known = async () => (await facts()).map(({ text, is_pinned }) => [text, is_pinned]);
    const all = [
      ["I sing tenor.", true],
      ["I love rain.", false],
      ["My name is Ada.", false],
    ];
    expect((await known()).toSorted()).toEqual(all.toSorted());
    expect((await facts()).filter((fact) => fact.is_suggested)).toEqual([]);
    await press("Forget: I sing tenor.");
    await panel(page).getByText("It is forgotten.").waitFor();
    await expect.poll(() => focused(page), { timeout: 60_000 }).toBe("Have it back");
    expect((await known()).toSorted()).toEqual(all.slice(1).toSorted());
    await page.keyboard.press("Enter");
    await panel(page).getByText("I sing tenor.").waitFor();
    expect((await known()).toSorted()).toEqual(all.toSorted());
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "detached" });
    expect(await focused(page)).toBe("Conversation");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is searched, and a message that is found is deleted and had back", async () => {
    const page = await visit(`/p/${talk.persona}`);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "What Alex remembers" }).click();
    await panel(page).getByRole("searchbox", { name: "Search the memory" }).fill("bees in Oslo");
    const found = panel(page).getByRole("link", { name: BEES });
    await found.waitFor();
    const row = panel(page)
      .getByRole("listitem")
      .filter({ has: page.getByRole("link", { name: BEES }) });
    await row.getByRole("button", { name: "More" }).click();
    await row.getByRole("menuitem", { name: "Delete this message" }).click();
    await found.waitFor({ state: "detached" });
    const said = async () =>
      (await call<{ content: string }[]>(`/chat/conversations/${talk.id}/messages`)).map((it) => it.content);
    expect(await said()).not.toContain(BEES);
    await panel(page).getByRole("button", { name: "Have it back" }).click();
    await found.waitFor();
    expect(await said()).toContain(BEES);
    // Beside somebody else it is not shown.
    await walk(page, `/p/${(await newTalk()).persona}`);
    await panel(page).waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is a sheet on a phone that shuts nobody out, in German, and is off on request, empty once all is forgotten, and off for minors", async () => {
    const phone = { ...PHONE, colorScheme: "dark", locale: "de-DE", bypassCSP: true } as const;
    const page = await enter(await device(phone), talk.account, `/c/${talk.id}`);
    const openSheet = async () => {
      await page.getByRole("button", { name: "Gespräch", exact: true }).tap();
      await page.getByRole("menuitem", { name: "Was Alex noch weiß" }).tap();
    };
    await openSheet();
    const sheet = page.getByRole("dialog", { name: "Was Alex noch weiß" });
    await sheet.getByText("My name is Ada.").waitFor();
    expect(await violations(page), "open").toEqual([]);
    await sheet.getByRole("switch").tap();
    await sheet.getByRole("searchbox").waitFor({ state: "detached" });
    expect(await call(`/personas/${talk.persona}`)).toMatchObject({ memory: "off" });
    await sheet.getByRole("switch").tap();
    await sheet.getByRole("searchbox").waitFor();
    await sheet.getByRole("button", { name: "Alles vergessen" }).tap();
    await page
      .getByRole("dialog", { name: "Soll Alex alles vergessen?" })
      .getByRole("button", { name: "Alles vergessen" })
      .tap();
    await sheet.getByText(/^Noch nichts\./).waitFor();
    expect(await facts()).toEqual([]);
    await page.reload();
    await say(talk.id, "I'm 13", "I see.");
    await openSheet();
    await sheet.getByText("Du bist unter achtzehn: Niemand hier merkt sich etwas von dir.").waitFor();
    expect(await sheet.getByRole("switch").count()).toBe(0);
    await page.context().close();
  });
});
