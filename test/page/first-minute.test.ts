import { randomUUID } from "node:crypto";

import { describe, expect, it } from "vitest";

import { DESK, held, inRoom, noBrowser, PHONE, url, useBrowser, useUpstream } from "./harness.ts";

const { device, complaints } = useBrowser();
const model = useUpstream();

describe.skipIf(noBrowser)("the first minute", () => {
  it.each([
    ["a desk", DESK],
    ["a phone", PHONE],
  ])("leads from the address to a reply that is being written, at %s", async (_, options) => {
    const page = await (await device(options)).newPage();
    await page.goto("/");
    await page.getByLabel("E-mail address").fill(`user-${randomUUID()}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill("password123");
    await page.getByRole("button", { name: "Create an account" }).click();

    // The empty house names all seven relationships, each with a line.
    await inRoom(page).getByText("Nobody is here yet.").waitFor();
    expect(await page.getByRole("list", { name: "New persona" }).getByRole("listitem").count()).toBe(7);
    await page.getByRole("link", { name: /^Sibling/ }).click();
    expect(await page.getByRole("radio").count()).toBe(7);
    expect(await page.getByRole("radio", { name: /^Sibling/ }).isChecked()).toBe(true);
    await page.getByLabel("Name").fill("Mira");
    await page.getByRole("button", { name: "Start talking" }).click();

    const { steps, go, text } = held(40, 20);
    model.upstream.next(steps);
    await page.getByLabel("Write to Mira").fill("When do you land?");
    await page.getByRole("button", { name: "Send" }).click();
    await inRoom(page).getByText("word20").waitFor();
    expect(await inRoom(page).getByText("word21").count()).toBe(0);
    await page.getByRole("main").getByText("writing…").waitFor();
    go();
    await inRoom(page).getByText("word40").waitFor();
    await page.getByRole("button", { name: "Another reply" }).waitFor();
    expect((await page.locator(".reply .md").innerText()).split(/\s+/)).toEqual(
      text.split(/\s+/).filter(Boolean),
    );
    expect(new URL(page.url()).pathname).toMatch(/^\/c\/\d+$/);
    await expect.poll(() => page.title(), { timeout: 30_000 }).toBe("When do you land?");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)("a session", () => {
  it("outlives a reload and a second tab, is nowhere that a script could read it, and ends in both", async () => {
    const context = await device();
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("E-mail address").fill(`user-${randomUUID()}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill("password123");
    await page.getByRole("button", { name: "Create an account" }).click();
    await inRoom(page).getByText("Nobody is here yet.").waitFor();

    const kept = await page.evaluate(
      () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
    );
    expect(kept).not.toMatch(/dpr_|eyJ/);
    const [cookie] = await context.cookies(`${page.url()}auth/refresh`);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/auth" });
    expect(cookie!.value).toMatch(/^dpr_/);

    const refreshes: number[] = [];
    context.on("response", (response) => {
      if (response.url().endsWith("/auth/refresh")) refreshes.push(response.status());
    });
    const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto("/")));
    await Promise.all(tabs.map((tab) => inRoom(tab).getByText("Nobody is here yet.").waitFor()));
    expect(refreshes).toEqual([200, 200, 200]);

    await page.getByRole("button", { name: "Sign out" }).click();
    for (const tab of [page, ...tabs])
      await tab.getByRole("button", { name: "Sign in", exact: true }).waitFor();
    expect(await context.cookies(`${page.url()}auth/refresh`)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("begins on http://localhost as well", async () => {
    const context = await device();
    const page = await context.newPage();
    const { port } = new URL(url);
    await page.goto(`http://localhost:${port}/`);
    await page.getByLabel("E-mail address").fill(`user-${randomUUID()}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill("password123");
    await page.getByRole("button", { name: "Create an account" }).click();
    await inRoom(page).getByText("Nobody is here yet.").waitFor();
    await page.reload();
    await inRoom(page).getByText("Nobody is here yet.").waitFor();
    await context.close();
  });
});

describe.skipIf(noBrowser)("who signs in", () => {
  it("reads the server's own sentence where it says no", async () => {
    const page = await (await device()).newPage();
    await page.goto("/");
    await page.getByRole("button", { name: "You have an account? Sign in" }).click();
    await page.getByLabel("E-mail address").fill("nobody@example.com");
    await page.getByLabel("Password", { exact: true }).fill("password123");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").getByText("Incorrect email or password").waitFor();
    await page.context().close();
  });

  it("asks for a new password, and is told the same whether there is an account", async () => {
    const page = await (await device()).newPage();
    await page.goto("/");
    await page.getByRole("button", { name: "You have an account? Sign in" }).click();
    await page.getByRole("button", { name: "Forgotten your password?" }).click();
    await page.getByLabel("E-mail address").fill("nobody@example.com");
    await page.getByRole("button", { name: "Send the mail" }).click();
    await inRoom(page).getByText("If there is an account with this address, a mail is on its way.").waitFor();
    await page.getByLabel("Code from the mail").fill("dpm_wrong");
    await page.getByLabel("New password").fill("another password");
    await page.getByRole("button", { name: "Set the password" }).click();
    await inRoom(page).getByText("This code is no longer valid. Please ask for a new one.").waitFor();
    await page.context().close();
  });
});
