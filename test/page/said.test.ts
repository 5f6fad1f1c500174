import { buffer } from "node:stream/consumers";

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { pngWith, V3 } from "../interchange/card-files.ts";
import { branched, cyclic } from "../interchange/chats.ts";
import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { violations } from "./axe.ts";
import { DESK, enter, inRoom, newTalk, noBrowser, url, useBrowser, useUpstream } from "./harness.ts";

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

const act = async (page: Page, item: string) => {
  await page.getByRole("button", { name: "Conversation", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
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

  it("is narrowed to a persona, a side and days, by keyboard alone, until all is wanted again", async () => {
    const berta = { name: "Berta", description: "A neighbour.", relation_type: "other" };
    await call("/personas", berta);
    const page = await enter(await device(DESK), talk.account);
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    await look(page, "lighthouse");
    const count = (wanted: number) => expect.poll(() => hits(page).count(), { timeout: 60_000 }).toBe(wanted);
    await count(2);
    await page.locator("summary", { hasText: "Narrow down" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Berta");
    await page.getByText("Nobody has said “lighthouse”.").waitFor();
    await page.keyboard.press("ArrowUp");
    await count(2);
    await page.keyboard.press("Tab");
    await page.keyboard.type("You");
    await count(1);
    expect(await hits(page).innerText()).toContain("You: Do you remember");
    await page.getByLabel("From", { exact: true }).fill("2025-05-01");
    await page.getByLabel("To", { exact: true }).fill("2025-05-01");
    await page.locator("summary", { hasText: "Alex · You · 1 May" }).waitFor();
    await count(1);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("To", { exact: true }).fill("2025-04-30");
    await count(0);
    await page.getByRole("button", { name: "All messages" }).press("Enter");
    await count(2);
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

/** Drops a file on the page, as a person does with the mouse. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([title, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], title));
      return data;
    },
    [name, Buffer.from(bytes).toString("base64")] as const,
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await page.getByText("Drop it here").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
const bringing = (page: Page) => page.getByRole("dialog", { name: "Bring in" });
const choose = (page: Page, name: string, buffer: Buffer) =>
  bringing(page)
    .getByLabel("Choose files")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });

describe.skipIf(noBrowser)("what comes from elsewhere", () => {
  it("is a card that is dropped anywhere, and somebody to meet at once", async () => {
    const page = await enter(await device(DESK), talk.account, `/c/${talk.id}`);
    await inRoom(page).getByText("Still and grey.").waitFor();
    await drop(page, "odile.png", pngWith({ ccv3: V3 }));
    await bringing(page).getByRole("link", { name: "Meet Odile" }).click();
    await bringing(page).waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Odile" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is an export of chats, with whom one likes, and a report of what was left out and why", async () => {
    const page = await enter(await device(DESK), talk.account);
    await page.getByRole("button", { name: /^Bring in/ }).click();
    const chats = [branched("one"), cyclic];
    await choose(page, "conversations.json", Buffer.from(JSON.stringify(chats)));
    await bringing(page).getByLabel("With whom").selectOption("Alex");
    await bringing(page).getByRole("button", { name: "Bring them in" }).click();
    await bringing(page)
      .getByText(/^1 came in, with \d messages,? and 1 was left out$/)
      .waitFor();
    const lines = bringing(page).locator(".lines");
    await expect.poll(() => lines.getByRole("listitem").count(), { timeout: 60_000 }).toBe(2);
    expect(await lines.innerText()).toContain("Round and round");
    await lines.getByRole("link", { name: "Talk one" }).click();
    await inRoom(page).getByText("Another answer").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is refused in the server's own words where it is no card", async () => {
    const page = await enter(await device(DESK), talk.account);
    await page.getByRole("button", { name: /^Bring in/ }).click();
    await choose(page, "holiday.png", Buffer.from(pngWith({ nothing: 1 })));
    await bringing(page)
      .getByRole("alert")
      .getByText("There is no character card in this picture.")
      .waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** What the browser keeps after this was pressed. */
const saved = async (page: Page, press: () => Promise<void>) => {
  const download = page.waitForEvent("download");
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await buffer(await file.createReadStream()) };
};

describe.skipIf(noBrowser)("what is one's own is taken along", () => {
  it("a persona as a card, and a conversation as what others read", async () => {
    const page = await enter(await device(DESK), talk.account, `/p/${talk.persona}`);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "Take along" }).click();
    const card = await saved(page, () => page.getByRole("button", { name: /^PNG/ }).click());
    expect(card.name).toBe("Alex.png");
    expect(card.bytes.subarray(1, 4).toString()).toBe("PNG");
    await page.goto(`/c/${talk.id}`);
    await act(page, "Take along");
    const text = await saved(page, () => page.getByRole("button", { name: /^Markdown/ }).click());
    expect(text.bytes.toString()).toContain("Do you remember the lighthouse?");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("a conversation", () => {
  it("is shared by a link that shows what it says it shows, until it is revoked", async () => {
    const page = await enter(await device(DESK), talk.account, `/c/${talk.id}`);
    await inRoom(page).getByText("Still and grey.").waitFor();
    await act(page, "Share");
    const dialog = page.getByRole("dialog", { name: "Share by a link" });
    await dialog.getByLabel("Title").fill("By the sea");
    await dialog.getByRole("checkbox").uncheck();
    await dialog.getByRole("button", { name: "Make a link" }).click();
    const address = (await dialog.locator(".secret a").getAttribute("href")) ?? "";
    const shown = await (await fetch(url + address)).text();
    expect(shown).toContain("By the sea");
    expect(shown).toContain("Still and grey.");
    expect(shown).not.toContain("Alex");
    await dialog.getByRole("button", { name: "Revoke: By the sea" }).click();
    await dialog.locator(".secret").waitFor({ state: "detached" });
    expect((await fetch(url + address)).status).toBe(404);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is pinned, put in a folder, tagged and archived, and the list shows what one wants of it", async () => {
    const other = await call<{ id: number }>("/chat/conversations", {
      persona_id: talk.persona,
      title: "Something else",
    });
    const page = await enter(await device(DESK), talk.account, `/c/${talk.id}`);
    const list = page.getByRole("navigation");
    const rows = () => list.locator(".row .title").allInnerTexts();
    await list.getByRole("link", { name: /A talk by the sea/ }).hover();
    await list.getByRole("button", { name: "Actions: A talk by the sea" }).click();
    await page.getByRole("menuitem", { name: "Pin" }).click();
    await list.getByRole("heading", { name: "Pinned" }).waitFor();
    await expect.poll(async () => (await rows())[0], { timeout: 60_000 }).toBe("A talk by the sea");
    await act(page, "Folder and tags");
    const dialog = page.getByRole("dialog", { name: "Folder and tags" });
    await dialog.getByLabel("New folder").fill("Travels");
    await dialog.getByRole("button", { name: "Add" }).first().click();
    await expect
      .poll(() => dialog.getByLabel("Folder", { exact: true }).inputValue(), { timeout: 60_000 })
      .not.toBe("");
    await dialog.getByLabel("New tag").fill("sea");
    await dialog.getByLabel("New tag").press("Enter");
    await expect
      .poll(() => dialog.getByLabel("sea", { exact: true }).isChecked(), { timeout: 60_000 })
      .toBe(true);
    await page.keyboard.press("Escape");
    await list.getByText("Alex · Travels · #sea").waitFor();
    await list.getByRole("button", { name: "Which conversations are shown" }).click();
    await page.getByRole("menuitem", { name: "Travels" }).click();
    await expect.poll(rows, { timeout: 60_000 }).toEqual(["A talk by the sea"]);
    await list.getByRole("button", { name: /All conversations/ }).click();
    await list.getByRole("link", { name: /Something else/ }).hover();
    await list.getByRole("button", { name: "Actions: Something else" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await list.getByRole("link", { name: /Something else/ }).waitFor({ state: "detached" });
    await list.getByRole("button", { name: "Which conversations are shown" }).click();
    await page.getByRole("menuitem", { name: "Archived" }).click();
    await expect.poll(rows, { timeout: 60_000 }).toEqual(["Something else"]);
    expect(await call(`/chat/conversations/${other.id}`)).toMatchObject({ is_active: false });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is temporary where one likes, says so, and stays where it is kept", async () => {
    const page = await enter(await device(DESK), talk.account, `/p/${talk.persona}`);
    await page.getByRole("button", { name: "Temporary conversation" }).click();
    model.upstream.next(reply("Between us."));
    await page.getByLabel("Write to Alex").fill("A secret.");
    await page.keyboard.press("Enter");
    await inRoom(page).getByText("Between us.").waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1);
    await inRoom(page)
      .getByText(/^Temporary: gone in 2\d hr/)
      .waitFor();
    await page.locator(".foot").getByRole("button", { name: "Keep it" }).click();
    await inRoom(page)
      .getByText(/^Temporary: gone/)
      .waitFor({ state: "detached" });
    expect(await call(`/chat/conversations/${id}`)).toMatchObject({ expires_at: null });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("a persona that was brought", () => {
  it("has its picture everywhere, and begins in each of its ways, with arrows between them", async () => {
    const page = await enter(await device(DESK), talk.account);
    await page.locator(".person", { hasText: "Odile" }).locator(".orb img").waitFor();
    await page.getByRole("heading", { name: "Odile" }).click();
    await page.getByRole("button", { name: "Let Odile begin" }).click();
    await inRoom(page).getByText("Mind the step").waitFor();
    const picture = page.locator(".reply .orb img");
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 60_000 })
      .toBe(8);
    await inRoom(page).getByText("1/3").waitFor();
    await page.getByRole("button", { name: "The next one" }).click();
    await inRoom(page).getByText("waves").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is given other first words in its form", async () => {
    const page = await enter(await device(DESK), talk.account, `/p/${talk.persona}`);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByLabel("Their first words").fill("There you are!");
    await page.getByRole("button", { name: "Add other first words" }).click();
    await page.getByLabel("Other first words, no. 1").fill("At last.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Let Alex begin" }).waitFor();
    expect(await call(`/personas/${talk.persona}`)).toMatchObject({
      greeting: "There you are!",
      alternate_greetings: ["At last."],
    });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("nobody is shut out", () => {
  it("from what is found, brought, taken along, shared and put in order", async () => {
    // The tool is a script of its own, which the page's policy rightly keeps out.
    const page = await enter(await device({ ...DESK, bypassCSP: true }), talk.account);
    await page.getByRole("heading", { name: "Alex" }).waitFor();
    await look(page, "lighthouse");
    await hits(page).first().waitFor();
    expect(await violations(page), "what is found").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Bring in/ }).click();
    await choose(page, "broken.png", Buffer.from(pngWith({ nothing: 1 })));
    await choose(page, "chats.json", Buffer.from(JSON.stringify([branched("two")])));
    await bringing(page).getByRole("alert").waitFor();
    await bringing(page).getByLabel("With whom").waitFor();
    expect(await violations(page), "what is brought").toEqual([]);
    await bringing(page).getByRole("button", { name: "Bring them in" }).click();
    await bringing(page).getByText("Line by line").waitFor();
    expect(await violations(page), "the report").toEqual([]);
    for (const item of ["Take along", "Share", "Folder and tags"]) {
      await page.goto(`/c/${talk.id}`);
      await act(page, item);
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).waitFor();
      expect(await violations(page), item).toEqual([]);
    }
    await page.goto(`/p/${talk.persona}`);
    await page.getByRole("button", { name: "Temporary conversation" }).click();
    await page.getByRole("button", { name: "Which conversations are shown" }).click();
    await page.getByRole("menuitem", { name: "Travels" }).click();
    expect(await violations(page), "what is temporary, and a folder").toEqual([]);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByLabel("Other first words, no. 1").waitFor();
    expect(await violations(page), "other first words").toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("an account", () => {
  it("is taken along as an archive, which brings nothing twice", async () => {
    const page = await enter(await device(DESK), talk.account, "/settings");
    await page.getByRole("radio", { name: "An archive (ZIP)" }).check();
    await page.getByRole("button", { name: "Export everything" }).click();
    const archive = await saved(page, () => page.getByRole("button", { name: "Save the file" }).click());
    expect(archive.name).toMatch(/^export-[\d-]+\.zip$/);
    await page.getByRole("button", { name: "Bring something in" }).click();
    for (const told of [/came in, with/, /were there already/]) {
      await choose(page, archive.name, archive.bytes);
      await bringing(page).getByRole("button", { name: "Bring them in" }).click();
      await bringing(page).locator(".arrival").last().getByText(told).waitFor();
      await bringing(page).getByLabel("Choose files").waitFor({ state: "attached" });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
