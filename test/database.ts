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

export const countOf = async (table: string, where: string) => {
  const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<{
    n: number;
  }>();
  return row?.n ?? 0;
};

/** Writes so many messages into a conversation past the API. */
export async function fillConversation(id: number, count: number): Promise<void> {
  const numbers = JSON.stringify(Array.from({ length: count }, (_, i) => i + 1));
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
       SELECT ?1 * 1048576 + value, ?1, CASE WHEN value > 1 THEN ?1 * 1048576 + value - 1 END, value - 1,
         CASE WHEN value % 2 THEN 'user' ELSE 'assistant' END, 'Message ' || value, 'complete', value FROM json_each(?2)`,
    ).bind(id, numbers),
    env.DB.prepare(
      `UPDATE conversations SET message_seq = ?2, message_count = ?2, revision = ?2, head_message_id = id * 1048576 + ?2
       WHERE id = ?1`,
    ).bind(id, count),
  ]);
}
