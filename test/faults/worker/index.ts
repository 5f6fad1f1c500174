import { app } from "../../../src/app";
import { LiveConversation as Conversation } from "../../../src/chat/conversation";
import type { Env } from "../../../src/env";
import { PersonaMemory as Remembering } from "../../../src/memory/object";
import type { Trouble } from "../trouble";
import { flakyEnv, makeTrouble, troubleOf } from "./flaky";

/** The live object with trouble in its bindings, which can be made to lose its memory as a deploy or an eviction does. */
export class LiveConversation extends Conversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, flakyEnv(env, ctx.id.name ?? ""));
  }

  evict(): void {
    this.ctx.abort("evicted by a test");
  }
}

export { Eraser } from "../../../src/jobs/eraser";
export { Importer } from "../../../src/jobs/importer";
export { SearchIndex } from "../../../src/search/search-index";

/** The same of a persona's memory. */
export class PersonaMemory extends Remembering {
  evict(): void {
    this.ctx.abort("evicted by a test");
  }
}

type TestEnv = Omit<Env, "CONVERSATIONS"> & { CONVERSATIONS: DurableObjectNamespace<LiveConversation> };

/** Writes so many messages into a conversation past the API. */
const fill = (db: D1Database, conversation: number, count: number) =>
  db.batch([
    db
      .prepare(
        `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2)
         INSERT INTO chat_messages (id, conversation_id, parent_id, depth, role, content, status, created_at)
         SELECT ?1 * 1048576 + n, ?1, CASE WHEN n > 1 THEN ?1 * 1048576 + n - 1 END, n - 1,
           CASE WHEN n % 2 THEN 'user' ELSE 'assistant' END, 'Message ' || n || hex(zeroblob(200)), 'complete', n FROM n`,
      )
      .bind(conversation, count),
    db
      .prepare("UPDATE conversations SET message_seq = ?2, message_count = ?2, revision = ?2 WHERE id = ?1")
      .bind(conversation, count),
  ]);

/**
 * The Worker, with a door for tests: `/faults/{conversation}` makes trouble or messages, and shows what the database holds;
 * `/faults/personas/{id}` shows the bills of a persona.
 */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const [, conversation] = /^\/faults\/(\d+)$/.exec(pathname) ?? [];
    if (conversation !== undefined) return door(request, env, conversation);
    const [, persona] = /^\/faults\/personas\/(\d+)$/.exec(pathname) ?? [];
    if (persona !== undefined) return Response.json(await billsOf(env, persona));
    const [, mentioned = ""] = /\/conversations\/(\d+)/.exec(pathname) ?? [];
    return app.fetch(request, flakyEnv(env as Env, mentioned), ctx);
  },
} satisfies ExportedHandler<TestEnv>;

async function billsOf({ DB }: TestEnv, persona: string) {
  const bills = DB.prepare("SELECT * FROM usage_events WHERE persona_id = ? ORDER BY id").bind(persona);
  return { calls: 0, messages: [], ledger: (await bills.all()).results };
}

async function door(request: Request, env: TestEnv, conversation: string): Promise<Response> {
  if (request.method === "PUT") {
    makeTrouble(conversation, await request.json<Omit<Trouble, "calls">>());
  } else if (request.method === "POST") {
    await fill(env.DB, Number(conversation), (await request.json<{ messages: number }>()).messages);
  } else if (request.method === "DELETE") {
    const object = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(conversation));
    await object.evict().catch(() => undefined);
  }
  const { calls } = troubleOf(conversation);
  const [messages, ledger] = await env.DB.batch([
    env.DB.prepare("SELECT * FROM chat_messages WHERE conversation_id = ? ORDER BY id").bind(conversation),
    env.DB.prepare("SELECT * FROM usage_events WHERE conversation_id = ? ORDER BY id").bind(conversation),
  ]);
  return Response.json({ calls, messages: messages!.results, ledger: ledger!.results });
}
