import { env } from "cloudflare:workers";
import { vi } from "vitest";

import type { Gate } from "./upstream";

/** Takes down what the database is asked from now on, and holds what matches until the door is open. */
export function watchDatabase(held = /^$/, door: Gate = { open: true }) {
  const asked: string[] = [];
  const real = env.DB.prepare.bind(env.DB);
  const prepare = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    asked.push(sql);
    const statement = real(sql);
    if (!held.test(sql)) return statement;
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      const bound = bind(...values);
      const raw = bound.raw.bind(bound) as () => Promise<unknown[]>;
      bound.raw = (async () => {
        while (!door.open) await scheduler.wait(2);
        return raw();
      }) as typeof bound.raw;
      return bound;
    };
    return statement;
  });
  return { asked, restore: () => prepare.mockRestore() };
}
