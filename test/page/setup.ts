import type { TestProject } from "vitest/node";

import { openPlace, type Place } from "./place.ts";

declare module "vitest" {
  interface ProvidedContext {
    page: Place;
  }
}

/** One server and one browser for all tests of the page. */
export default async function setUp(project: TestProject) {
  const { close, ...place } = await openPlace();
  project.provide("page", place);
  return close;
}
