import { z } from "@hono/zod-openapi";

import { batchAs, retried, type Caller, type Database } from "../db/client";
import { conversationOfMessage } from "../db/messages";
import type { Conversation, Message } from "../db/schema";
import { foundMessages } from "../db/search";
import { AppError } from "../errors";
import { contract, countParameter, idParameter, ok, textField } from "../http/contract";
import { linkNext } from "../http/paging";
import { newRouter } from "../http/router";
import { findInIndex } from "../search/client";
import { rangesIn, readQuery, type Term } from "../search/query";
import { snippetOf } from "../search/snippet";
import { SearchResultSchema, toHit } from "../wire/search";

export const search = newRouter();

const moment = (what: string) =>
  z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional()
    .openapi({ type: "string", format: "date-time", description: what, example: "2026-01-01T00:00:00Z" });

const cursorParameter = z
  .string()
  .regex(/^\d{1,16}-\d{1,3}$/, "must be the cursor of a Link header")
  .transform((text) => {
    const [before = 0, offset = 0] = text.split("-").map(Number);
    return { before, offset };
  })
  .optional()
  .openapi({
    type: "string",
    pattern: "^\\d{1,16}-\\d{1,3}$",
    description: "Where the page before ended, from its Link header.",
    example: "9007199254740991-20",
  });

search.openapi(
  contract({
    method: "get",
    path: "/search",
    operationId: "searchMessages",
    access: "read",
    tags: ["Messages"],
    summary: "Find what was said, in all your conversations and on all their branches",
    request: {
      query: z.object({
        q: textField(200).openapi({
          description:
            'Words, all of which must occur; "several in a row" in quotation marks; beg* for how a word begins, as the last one may.',
          example: "sea",
        }),
        persona_id: idParameter("Only what was said with this persona.").optional(),
        role: z.enum(["user", "assistant"]).optional().openapi({ description: "Only what one side said." }),
        from: moment("Only what was said from then on."),
        to: moment("Only what was said before."),
        limit: countParameter(1, 100, 20),
        cursor: cursorParameter,
      }),
    },
    responses: ok(SearchResultSchema, "A page, the best first; its Link header names the next one."),
    errors: ["search_off"],
  }),
  async (c) => {
    const { q, persona_id, cursor, ...filters } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    if (db.vault.sealsWith !== null) throw new AppError("search_off");
    const terms = readQuery(q);
    const found =
      terms.length === 0
        ? { ids: [], next: null, isComplete: true }
        : await findInIndex(c.env, caller.userId, {
            terms,
            ...filters,
            personaId: persona_id,
            after: cursor,
          });
    const hits = await hitsOf(db, caller, terms, found.ids);
    if (found.next) linkNext(c, { cursor: `${found.next.before}-${found.next.offset}` });
    return c.json({ hits, complete: found.isComplete }, 200);
  },
);

/** What was found, as the database has it: what is gone, has changed or is somebody else's is left out. */
async function hitsOf(db: Database, caller: Caller, terms: Term[], ids: number[]) {
  const conversationIds = [...new Set(ids.map(conversationOfMessage))];
  const [messages, conversations] = await retried(() =>
    batchAs(db, caller, foundMessages(db, caller.userId, ids, conversationIds)),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const around = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  return ids.flatMap((id) => hitOf(terms, byId.get(id), around.get(conversationOfMessage(id))));
}

function hitOf(terms: Term[], message: Message | undefined, conversation: Conversation | undefined) {
  const ranges = message && rangesIn(terms, message.content);
  return ranges && conversation ? [toHit(message, conversation, snippetOf(message.content, ranges))] : [];
}
