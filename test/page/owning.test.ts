import { text } from "node:stream/consumers";

import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply } from "../live/upstream.ts";
import { violations } from "./axe.ts";
import {
  type Account,
  DESK,
  enter,
  newAccount,
  newTalk,
  noBrowser,
  PHONE,
  url,
  useBrowser,
  useUpstream,
  walk,
} from "./harness.ts";

const { device, visit, complaints } = useBrowser();
const model = useUpstream();

type Talk = Awaited<ReturnType<typeof newTalk>>;

async function say({ account, id }: Talk, content: string, answer: string) {
  model.upstream.next(reply(answer));
  await api(`${url}/chat/conversations/${id}/send`, { token: account.token, body: { content } });
}

/** A talk with two replies; the second was given the first exchange. */
async function saidTalk(account?: Promise<Account>): Promise<Talk> {
  const talk = await newTalk(account);
  await say(talk, "Hello?", "Hello yourself.");
  await say(talk, "How is the sea?", "Still and grey.");
  return talk;
}

describe.skipIf(noBrowser)("a reply", () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await saidTalk();
  });

  it("tells what went into it and what it took, and an unknown cost honestly, by keyboard alone", async () => {
    const page = await visit(`/c/${talk.id}`);
    await page.getByText("Still and grey.").waitFor();
    const button = page.locator(".reply.last").getByRole("button", { name: "Inside this reply" });
    await button.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Inside this reply" });
    await panel.getByText("Nothing was left out.").waitFor();
    const told = await panel.locator("section").first().locator("dt").allInnerTexts();
    expect(told.map((name) => name.split("\n")[0]?.trim())).toEqual(
      expect.arrayContaining(["Persona", "History", "Message", "of 8,000"]),
    );
    await panel.getByText("2 earlier messages").waitFor();
    const amounts = (await panel.locator("section").first().locator("dd").allInnerTexts()).map(Number);
    expect(amounts.at(-1)).toBe(amounts.slice(0, -1).reduce((a, b) => a + b));
    const cost = panel.locator("div", { has: page.locator("dt", { hasText: "Cost" }) }).last();
    expect(await cost.locator("dd").innerText()).toBe("unknown");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is looked into on a sheet, on a phone", async () => {
    const page = await visit(`/c/${talk.id}`, PHONE);
    await page.locator(".reply.last").getByRole("button", { name: "Inside this reply" }).tap();
    await page.getByRole("dialog").getByText("What it took").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe.skipIf(noBrowser)("usage", () => {
  it("is shown by day, model and persona, in the time zone chosen, with the allowance before it hurts", async () => {
    const talk = await saidTalk(newAccount());
    const { total_tokens: used } = await api<{ total_tokens: number }>(`${url}/chat/stats`, {
      token: talk.account.token,
    });
    const page = await enter(await device({ ...DESK, timezoneId: "Europe/Berlin" }), talk.account);
    // The server's own answer, with a bound that is nearly reached.
    await page.route(/\/auth\/me\/allowance$/, async (route) => {
      const response = await route.fetch();
      const { daily_tokens, ...rest } = (await response.json()) as { daily_tokens: object };
      await route.fulfill({
        response,
        json: { ...rest, daily_tokens: { ...daily_tokens, limit: Math.ceil(used * 1.1), remaining: 1 } },
      });
    });
    await page.goto("/usage");
    await page.getByText("Nearly used up.").waitFor();
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Berlin");
    await page.locator(".chart canvas").waitFor();
    await page.getByText("As a table").click();
    const cells = await page.locator("table tbody tr").first().locator("td").allInnerTexts();
    expect(cells).toEqual([used.toLocaleString("en"), "unknown", "2"]);
    expect(await page.locator(".bars").last().innerText()).toContain("Alex");
    const asked = page.waitForRequest(/stats\/usage\?.*timezone=Asia%2FTokyo/);
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await asked;
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("what one owns", () => {
  it("has an end to every session but this one", async () => {
    const talk = await newTalk(newAccount());
    const other = await enter(await device(), talk.account);
    await other.getByRole("heading", { name: "Alex" }).waitFor();
    const page = await enter(await device(), talk.account, "/settings");
    const ends = page.getByRole("button", { name: /^Sign out: / });
    await ends.first().waitFor();
    // The one that registered, and the other device.
    while ((await ends.count()) > 0) {
      const before = await ends.count();
      await ends.first().click();
      await expect.poll(() => ends.count(), { timeout: 60_000 }).toBe(before - 1);
    }
    await page.getByText("This device").waitFor();
    await other.reload();
    await other.getByRole("button", { name: "Sign in", exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
    await other.context().close();
  });

  it("has a key that is shown once, with what a client is told, and that works until the password changes", async () => {
    const talk = await newTalk(newAccount());
    const page = await enter(await device(), talk.account, "/settings");
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("My laptop");
    await dialog.getByLabel("Your password once more").fill("not the password");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Your password once more").fill(talk.account.password);
    await dialog.getByRole("button", { name: "Make the key" }).click();
    const key = await dialog.locator(".secret code").innerText();
    const setUp = await dialog.locator("pre").innerText();
    expect(setUp).toBe(`OPENAI_BASE_URL=${url}/v1\nOPENAI_API_KEY=${key}\nOPENAI_MODEL=alex-${talk.persona}`);
    const clients = dialog.getByLabel("Client");
    const names = await clients.locator("option").allInnerTexts();
    expect(names).toEqual(
      expect.arrayContaining(["SillyTavern", "Open WebUI", "openai for Python", "useChat"]),
    );
    await clients.selectOption("openai for Python");
    expect(await dialog.locator("pre").innerText()).toContain(
      `OpenAI(base_url="${url}/v1", api_key="${key}")`,
    );
    await clients.selectOption("SillyTavern");
    expect(await dialog.getByRole("list").innerText()).toContain(key);
    model.upstream.next(reply("Through a program."));
    const answer = await api<{ choices: { message: { content: string } }[] }>(`${url}/v1/chat/completions`, {
      token: key,
      body: { model: `alex-${talk.persona}`, messages: [{ role: "user", content: "Hello?" }] },
    });
    expect(answer.choices[0]?.message.content).toContain("Through a program.");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    await page.getByText("My laptop").waitFor();
    expect(await page.locator("body").innerText()).not.toContain(key);

    await page.getByLabel("Password so far").fill(talk.account.password);
    await page.getByLabel("New password").fill("a better password");
    await page.getByLabel("API keys go on working").check();
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText(/These keys go on working: My laptop \(dpk_/).waitFor();
    await page.getByRole("button", { name: "Revoke My laptop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("There is no key yet.").waitFor();
    const refused = await fetch(`${url}/v1/models`, { headers: { Authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(401);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("comes whole into a file, in parts where the server gives it in parts", async () => {
    const talk = await saidTalk(newAccount());
    const page = await enter(await device(), talk.account, "/settings");
    // The first part ends where the server says `continue`; it is asked for the rest with what that line said.
    let asked = "";
    await page.route(/\/auth\/me\/export$/, (route) =>
      route.fulfill({
        contentType: "application/x-ndjson",
        body: '{"type":"user","id":1}\n{"type":"continue","cursor":"next","counts":{"user":1}}\n',
      }),
    );
    await page.route(/\/auth\/me\/export\?/, (route) => {
      asked = new URL(route.request().url()).search;
      return route.fulfill({
        contentType: "application/x-ndjson",
        body: '{"type":"message","id":2}\n{"type":"end","counts":{"message":1}}\n',
      });
    });
    await page.getByRole("button", { name: "Export everything" }).click();
    await page.getByText(/^Done: 2 lines/).waitFor();
    expect(asked).toBe("?cursor=next");
    const saved = async () => {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save the file" }).click();
      const stream = await (await coming).createReadStream();
      return (await text(stream)).trimEnd().split("\n");
    };
    expect(await saved()).toEqual([
      '{"type":"user","id":1}',
      '{"type":"message","id":2}',
      '{"type":"end","counts":{"user":1,"message":1}}',
    ]);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Export everything" }).click();
    await expect
      .poll(async () => (await saved()).filter((line) => line.startsWith('{"type":"message"')).length, {
        timeout: 60_000,
      })
      .toBe(4);
    expect((await saved()).at(-1)).toMatch(/^\{"type":"end"/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is deleted with a receipt, which is followed until everything is erased", async () => {
    const talk = await saidTalk(newAccount());
    const page = await enter(await device(), talk.account, "/settings");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Your password once more").fill(talk.account.password);
    await dialog.getByRole("button", { name: "Delete my account" }).click();
    await page.waitForURL(/\/deleted#dpr_/);
    await page.getByText("Everything is erased.").first().waitFor();
    expect(await page.getByRole("row", { name: /^Messages/ }).innerText()).toMatch(/4\s+erased/);
    await page.reload();
    await page.getByText("Everything is erased.").first().waitFor();
    const gone = await fetch(`${url}/auth/me`, {
      headers: { Authorization: `Bearer ${talk.account.token}` },
    });
    expect(gone.status).toBe(401);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("nobody is shut out of seeing and owning", () => {
  it("in either theme, at a desk and on a phone", async () => {
    const talk = await saidTalk(newAccount());
    // The tool is a script of its own, which the page's policy rightly keeps out.
    const page = await enter(await device({ ...DESK, bypassCSP: true }), talk.account, `/c/${talk.id}`);
    const seen = async (name: string) => {
      expect(await violations(page), name).toEqual([]);
    };
    await page.locator(".reply.last").getByRole("button", { name: "Inside this reply" }).click();
    await page.getByText("Nothing was left out.").waitFor();
    await seen("inspector");
    await walk(page, "/usage");
    await page.locator(".chart canvas").waitFor();
    await seen("usage");
    await walk(page, "/settings");
    await page.getByText("There is no key yet.").waitFor();
    await page.getByText("This device").waitFor();
    await seen("settings");
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog");
    await seen("new-key");
    await dialog.getByLabel("Name").fill("My laptop");
    await dialog.getByLabel("Your password once more").fill(talk.account.password);
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.locator("pre").waitFor();
    await seen("key");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Delete my account" }).click();
    await dialog.getByLabel("Your password once more").fill(talk.account.password);
    await seen("deleting");
    await dialog.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("Everything is erased.").first().waitFor();
    await seen("deleted");
    await page.context().close();
  });
});
