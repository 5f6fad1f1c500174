/**
 * `npm run pictures -- folder [name…]`: every room as it looks, in both themes and at two widths, for eyes and for the README.
 * Nobody is judged by it: a test says what must hold.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { chromium, type Browser, type Page } from "playwright-core";

import { branched, cyclic } from "../interchange/chats.ts";
import { api } from "../live/client.ts";
import { reply, startUpstream, type Upstream } from "../live/upstream.ts";
import { execute, openPlace, type Place } from "./place.ts";

const PEOPLE = [
  ["Alex", "friend", "An old friend from school who loves the sea and never forgets a birthday."],
  ["Nana Ruth", "parent", "Warm, a little stubborn, cooks for six and always asks if you have eaten."],
  ["Jonas", "colleague", "Product lead. Blunt about deadlines, generous with credit."],
  ["Mira", "sibling", "Your younger sister in Lisbon. Sends voice notes at 2 a.m."],
  ["Theo", "spouse", "Patient, funny in a dry way, remembers what you said last week."],
] as const;

const TITLES = ["Flights in March", "Leek soup, finally", "Launch checklist", "The spare room"];

const SAID: [said: string, answer: string][] = [
  [
    "I'm on the early train. Are you still up for the coast this weekend?",
    "Saturday or Sunday? And tell me honestly – how are *you* doing?",
  ],
  [
    "I'm fine, just hungry. What was that soup you made last time?",
    "Ha! Fair. Let me actually answer then.\n\nThe recipe is embarrassingly simple:\n\n" +
      "| What | How much | Note |\n| --- | --- | --- |\n| Potatoes | 500 g | waxy ones, don't argue |\n" +
      "| Leeks | 2 | only the pale part |\n| Cream | 100 ml | *or more, I won't tell* |\n\n" +
      "Simmer for 20 minutes and blend half of it. If you want it as a shopping list for your phone:\n\n" +
      "```sh\necho \"potatoes leeks cream chives\" | tr ' ' '\\n'\n```\n\nCall me when it burns.",
  ],
  [
    "Saturday works. What should I bring to the sea?",
    "Oh, the *sea* – you always know what to ask. This morning the water was so still it looked like poured glass, " +
      "and I sat on the harbour wall with cold coffee until the gulls got bored of me.\n\n" +
      "Here's what I'd pack, in order of regret if forgotten:\n\n1. **A proper windbreaker** – you'll thank me at the lighthouse\n" +
      "2. The blue thermos (yes, the dented one)\n3. A paperback you don't mind getting wet\n\n> The sea does not reward those who are too anxious.\n",
  ],
];

/** What is remembered of somebody. */
const OF_ONESELF = [
  "My sister Ruth collects stamps. I love rain on the sea.",
  "I live in Bergen, and my dog is called Pixel.",
  "I live in Oslo now. I hate liquorice.",
];

type Seed = { email: string; password: string; token: string; id: number; personas: number[] };

/** Somebody with people, conversations and a month of use. */
export async function seed(place: Place, upstream: Upstream): Promise<Seed> {
  const call = <T>(path: string, body: object, token?: string) => api<T>(place.url + path, { token, body });
  const credentials = { email: `ada-${Date.now()}@example.com`, password: "password123", full_name: "Ada" };
  const { access_token: token } = await call<{ access_token: string }>("/auth/register", credentials);
  const personas: number[] = [];
  for (const [name, relation_type, description] of PEOPLE)
    personas.push((await call<{ id: number }>("/personas", { name, relation_type, description }, token)).id);
  const begin = async (persona_id: number, title: string) =>
    (await call<{ id: number }>("/chat/conversations", { persona_id, title }, token)).id;
  for (const [i, title] of TITLES.entries()) {
    const other = await begin(personas.at(3 - i * 1) ?? 0, title);
    upstream.next(reply("Of course. Tell me."));
    await call(`/chat/conversations/${other}/send`, { content: title }, token);
  }
  const before = await begin(personas[0] ?? 0, "Rain on the pier");
  for (const content of OF_ONESELF) {
    upstream.next(reply("I will keep that in mind."));
    await call(`/chat/conversations/${before}/send`, { content }, token);
  }
  const told = { text: "I do not eat peanuts.", is_pinned: true };
  await call(`/personas/${personas[0]}/memory`, told, token);
  const id = await begin(personas[0] ?? 0, "The lighthouse weekend");
  for (const [content, answer] of SAID) {
    upstream.next(reply(answer));
    await call(`/chat/conversations/${id}/send`, { content }, token);
  }
  upstream.next(reply("Sun cream, a hat, and whatever you are reading. The rest the sea brings."));
  const last = (await api<{ id: number }[]>(`${place.url}/chat/conversations/${id}/messages`, { token })).at(
    -1,
  );
  await call(`/chat/conversations/${id}/messages/${last?.id}/regenerate`, {}, token);
  await call(`/chat/conversations/${id}/messages/${last?.id}/select`, {}, token);
  const { id: userId } = await api<{ id: number }>(`${place.url}/auth/me`, { token });
  await execute(place, aMonthOfUse(userId, personas));
  return { ...credentials, token, id, personas };
}

const aMonthOfUse = (userId: number, personas: number[]): string => `
  WITH RECURSIVE days(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM days WHERE n < 60)
  INSERT INTO usage_events (id, user_id, persona_id, conversation_id, message_id, purpose, provider, model_asked, model_used,
    prompt_tokens, cached_tokens, cache_write_tokens, completion_tokens, reasoning_tokens, cost_micros, price_version,
    estimated, first_token_ms, total_ms, outcome, created_at)
  SELECT 'picture-${userId}-' || n, ${userId}, ${personas[0]} + (n * 7) % ${personas.length}, 1, n, 'chat', 'openai', 'gpt-4o-mini',
    CASE n % 3 WHEN 0 THEN 'gpt-4.1' ELSE 'gpt-4o-mini-2024-07-18' END,
    900 + (n * 733) % 4200, 400 + (n * 311) % 500, 0, 120 + (n * 97) % 700, 0, 900 + (n * 1733) % 9000, 'p', 0, 310, 1900,
    'complete', ${Date.now()} - (n * n * 11 % 30) * 86400000
  FROM days;`;

/** Each room: its path, and what brings it into the state that is shown. */
const ROOMS: Record<string, (page: Page, seed: Seed) => Promise<void>> = {
  home: async (page) => {
    await page.goto("/");
    await page.getByRole("heading", { name: "Alex" }).waitFor();
  },
  new: async (page) => {
    await page.goto("/new?as=sibling");
    await page.getByLabel("Name").fill("Mira");
  },
  persona: async (page, { personas }) => {
    await page.goto(`/p/${personas[0]}`);
    await page
      .getByRole("link", { name: /The lighthouse weekend/ })
      .last()
      .waitFor();
  },
  "persona-edit": async (page, { personas }) => {
    await page.goto(`/p/${personas[0]}`);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByLabel("Name").waitFor();
  },
  room: openRoom,
  "room-top": async (page, seed) => {
    await openRoom(page, seed);
    await page.locator(".scroll").evaluate((area) => area.scrollTo(0, 0));
  },
  menu: async (page, seed) => {
    await openRoom(page, seed);
    await page.locator(".reply.last").getByRole("button", { name: "More" }).click();
  },
  editor: async (page, seed) => {
    await openRoom(page, seed);
    await page.locator(".said").last().click();
    await page.locator(".said").last().getByRole("button", { name: "Edit" }).click();
  },
  "editor-reply": async (page, seed) => {
    await openRoom(page, seed);
    await page.locator(".reply.last").getByRole("button", { name: "Edit" }).click();
  },
  branches: async (page, seed) => {
    await openRoom(page, seed);
    await page.getByRole("button", { name: "Conversation", exact: true }).click();
    await page.getByRole("menuitem", { name: "Branches" }).click();
    await page.locator(".way").first().waitFor();
  },
  "conversation-menu": async (page, seed) => {
    await openRoom(page, seed);
    await page.getByRole("button", { name: "Conversation", exact: true }).click();
  },
  search: async (page) => {
    await page.goto("/");
    await page.getByRole("searchbox").fill("sea");
    await page.locator(".row .quote").first().waitFor();
  },
  "bring-in": async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: /^Bring in/ }).click();
    const [mimeType, chats] = ["application/json", JSON.stringify([branched("A winter by the sea"), cyclic])];
    const files = [
      { name: "nobody.json", mimeType, buffer: Buffer.from('{"name":"","description":""}') },
      { name: "conversations.json", mimeType, buffer: Buffer.from(chats) },
    ];
    await page.getByLabel("Choose files").setInputFiles(files);
    await page.getByRole("button", { name: "Bring them in" }).click();
    await page.getByText("Line by line").waitFor();
  },
  share: async (page, seed) => {
    await openRoom(page, seed);
    await ask(page, "Share");
    await page.getByRole("button", { name: "Make a link" }).click();
    await page.locator(".secret").first().waitFor();
  },
  arrange: async (page, seed) => {
    await openRoom(page, seed);
    await ask(page, "Folder and tags");
    for (const [label, name] of [
      ["New folder", "Travels"],
      ["New tag", "sea"],
    ] as const) {
      await page.getByLabel(label).fill(name);
      await page.getByLabel(label).press("Enter");
    }
    await page.getByLabel("sea", { exact: true }).waitFor({ state: "attached" });
  },
  "take-along": async (page, seed) => {
    await openRoom(page, seed);
    await ask(page, "Take along");
    await page.getByRole("button", { name: /^Markdown/ }).waitFor();
  },
  inspector: async (page, seed) => {
    await openRoom(page, seed);
    await page.locator(".reply.last").getByRole("button", { name: "Inside this reply" }).click();
    await page.getByText("What they were told").waitFor();
    await page.getByText("Nothing was left out.").waitFor();
  },
  memory: openMemory,
  "memory-search": async (page, seed) => {
    await openMemory(page, seed);
    await page.getByRole("searchbox", { name: "Search the memory" }).fill("What did I say of the sea?");
    await page.locator("search .recollection").first().waitFor();
  },
  "memory-form": async (page, seed) => {
    await openMemory(page, seed);
    await page.getByRole("button", { name: "Edit: I do not eat peanuts." }).click();
  },
  "memory-empty": async (page, { personas }) => {
    await page.goto(`/p/${personas[4]}`);
    await page
      .locator(".top")
      .getByRole("button", { name: /^Actions/ })
      .click();
    await page.getByRole("menuitem", { name: "What Theo remembers" }).click();
    await page.getByText("Nothing yet.").waitFor();
  },
  usage: async (page) => {
    await page.goto("/usage");
    await page.locator(".chart canvas").waitFor();
  },
  settings: async (page) => {
    await page.goto("/settings");
    await page.getByText("There is no key yet.").waitFor();
  },
  "new-key": async (page) => {
    await page.goto("/settings");
    await page.getByRole("button", { name: "New key" }).click();
  },
  nowhere: async (page) => {
    await page.goto("/c/999999");
    await page.getByRole("link", { name: "Home" }).waitFor();
  },
};

async function ask(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Conversation", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function openRoom(page: Page, { id }: Seed): Promise<void> {
  await page.goto(`/c/${id}`);
  await page.getByText("poured glass").waitFor();
}

async function openMemory(page: Page, seed: Seed): Promise<void> {
  await openRoom(page, seed);
  await page.getByRole("button", { name: "Conversation", exact: true }).click();
  await page.getByRole("menuitem", { name: "What Alex remembers" }).click();
  await page.getByText("I do not eat peanuts.").waitFor();
}

/** What is to be seen without being signed in. */
const OUTSIDE: Record<string, (page: Page) => Promise<void>> = {
  door: async (page) => void (await page.goto("/")),
  reset: async (page) => void (await page.goto("/reset#token=dpm_x")),
  deleted: async (page) => void (await page.goto("/deleted")),
  docs: async (page) => {
    await page.goto("/docs");
    await page.locator(".opblock").first().waitFor();
  },
};

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const LONG = new Set(["usage", "settings", "new", "persona-edit", "home"]);

export async function shoot(
  place: Place,
  browser: Browser,
  seed: Seed,
  folder: string,
  names: string[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const isAsked = (name: string) => names.length === 0 || names.includes(name);
  for (const [size, viewport] of Object.entries(SIZES))
    for (const scheme of ["light", "dark"] as const) {
      const options = {
        viewport,
        colorScheme: scheme,
        reducedMotion: "reduce",
        baseURL: place.url,
        locale: "en-GB",
      } as const;
      const context = await browser.newContext({ ...options, hasTouch: size === "phone" });
      context.setDefaultTimeout(30_000);
      const take = async (page: Page, name: string) => {
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(700);
        await page.screenshot({ path: join(folder, `${name}-${size}-${scheme}.png`) });
        const inner = page.locator("main");
        const height = LONG.has(name) ? await inner.evaluate((main) => main.scrollHeight) : 0;
        if (height <= viewport.height) return;
        await page.setViewportSize({ width: viewport.width, height: height + 8 });
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(folder, `${name}-whole-${size}-${scheme}.png`) });
        await page.setViewportSize(viewport);
      };
      const page = await context.newPage();
      for (const [name, open] of Object.entries(OUTSIDE))
        if (isAsked(name)) {
          await open(page);
          await page.waitForTimeout(500);
          await take(page, name);
        }
      await context.request.post("/auth/login", {
        data: { email: seed.email, password: seed.password, cookie: true },
        headers: { origin: place.url },
      });
      await page.addInitScript(() => localStorage.setItem("signed-in", "yes"));
      for (const [name, open] of Object.entries(ROOMS))
        if (isAsked(name)) {
          await open(page, seed)
            .then(() => take(page, name))
            .catch((error: unknown) => console.error(name, size, scheme, error));
        }
      await context.close();
    }
}

if (import.meta.main) {
  const [folder = "pictures", ...names] = process.argv.slice(2);
  const place = await openPlace();
  const upstream = await startUpstream(place.upstreamPort);
  try {
    const browser = await chromium.connect(place.browser ?? "");
    await shoot(place, browser, await seed(place, upstream), folder, names);
    await browser.close();
  } finally {
    await upstream.stop();
    await place.close();
  }
}
