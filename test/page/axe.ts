import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Page } from "playwright-core";

import { DESK, PHONE } from "./harness.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** What everybody must be able to use: both themes at both sizes. */
const LOOKS = [DESK, PHONE].flatMap((size) =>
  (["light", "dark"] as const).map((colorScheme) => ({ ...size, colorScheme })),
);
type Look = (typeof LOOKS)[number];

/** What is wrong with what is shown, in each look, by WCAG 2.2 AA and the best practices. The page looks as before afterwards. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const before = page.viewportSize();
  const touch = await page.context().newCDPSession(page);
  const found: string[] = [];
  for (const look of LOOKS) {
    await touch.send("Emulation.setTouchEmulationEnabled", { enabled: "hasTouch" in look });
    await wear(page, look);
    found.push(
      ...(await violationsNow(page)).map((one) => `${look.viewport.width} px ${look.colorScheme}: ${one}`),
    );
  }
  await touch.detach();
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  await settled(page);
  return found;
}

async function wear(page: Page, { viewport, colorScheme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await settled(page);
}

/** Comes when no colour is on its way to another, nor what takes its colour from that. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    do {
      await new Promise(requestAnimationFrame);
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    } while (document.getAnimations().length > 0);
  });

async function violationsNow(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
