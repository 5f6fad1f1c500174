import { z } from "@hono/zod-openapi";

import { batchAs, retried, type Caller, type Database } from "../db/client";
import { conversationById, ownConversation } from "../db/conversations";
import { messagesInRanges } from "../db/export";
import { messageId } from "../db/messages";
import { personaById } from "../db/personas";
import type { Conversation, Message } from "../db/schema";
import { placesIn, standingBeside } from "../db/tree";
import { userById } from "../db/users";
import { byteStream } from "../http/byte-stream";
import { contract, fileOf } from "../http/contract";
import { newRouter } from "../http/router";
import { fileNameOf } from "../interchange/card-export";
import { CHAT_FORMATS, CHAT_TYPES, writerOf, type Writer } from "../interchange/chat-export";
import { attachment } from "./cards";
import { ConversationParams } from "./conversations";

export const chatExport = newRouter();

/** How many messages are read at once: as many numbers as a conversation has are then within a request's thousand queries. */
const PAGE = 1200;

chatExport.openapi(
  contract({
    method: "get",
    path: "/conversations/{conversation_id}/export",
    operationId: "exportConversation",
    access: "read",
    rate: "writes",
    tags: ["Conversations"],
    summary: "Get a conversation as a file",
    request: {
      params: ConversationParams,
      query: z.object({
        format: z
          .enum(CHAT_FORMATS, { error: `must be one of ${CHAT_FORMATS.join(", ")}` })
          .default("json")
          .openapi({ example: "json" })
          .describe(
            "`json` and `jsonl` have all of it and can be brought in again; `chatgpt` has all branches; `sillytavern` the " +
              "branch in force, with variants as swipes; `markdown` that branch to read.",
          ),
      }),
    },
    responses: fileOf(
      [...new Set(CHAT_FORMATS.map((format) => CHAT_TYPES[format].type.split(";")[0] ?? ""))],
      "The conversation, streamed.",
    ),
    errors: ["not_found", "forbidden"],
  }),
  async (c) => {
    const { conversation_id: id } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const [db, caller] = [c.get("db"), c.get("caller")];
    const { userId } = caller;
    const [[row], [user]] = await retried(() =>
      batchAs(db, caller, [conversationById(db, id), userById(db, userId)]),
    );
    const conversation = ownConversation(row, caller);
    const [persona] = await retried(async () => personaById(db, userId, conversation.personaId));
    const names = { personaName: persona?.name ?? "Persona", userName: user?.fullName ?? "You" };
    const places = await retried(async () => placesIn(db, conversation));
    const writer = writerOf(format, {
      conversation,
      base: messageId(id, 0),
      childrenOf: childrenIn(places),
      ...names,
    });
    const { type, extension } = CHAT_TYPES[format];
    const headers = {
      "Content-Type": type,
      "Content-Disposition": attachment(fileNameOf(conversation.title, extension)),
    };
    return c.body(byteStream(written(db, caller, conversation, writer, places)), 200, headers) as never;
  },
);

type Places = { id: number; parentId: number | null }[];

function childrenIn(places: Places): (id: number | null) => number[] {
  const children = Map.groupBy(places, ({ parentId }) => parentId);
  return (id) => (children.get(id) ?? []).map((place) => place.id);
}

/** The branch in force, from its end up. */
function branchIn(places: Places, head: number | null): Set<number> {
  const parents = new Map(places.map(({ id, parentId }) => [id, parentId]));
  const branch = new Set<number>();
  for (let id = head; id !== null && !branch.has(id); id = parents.get(id) ?? null) branch.add(id);
  return branch;
}

async function* written(
  db: Database,
  caller: Caller,
  conversation: Conversation,
  writer: Writer,
  places: Places,
): AsyncGenerator<string> {
  const branch = writer.wants === "all" ? null : branchIn(places, conversation.headMessageId);
  yield writer.start();
  let isFirst = true;
  for await (const rows of pagesOf(db, caller, conversation)) {
    const wanted = branch ? rows.filter(({ id }) => branch.has(id)) : rows;
    const beside =
      writer.wants === "variants"
        ? await variantsOf(db, caller, conversation, wanted)
        : new Map<number | null, Message[]>();
    const texts = wanted.map((row) => {
      const text = writer.message(row, isFirst, beside.get(row.parentId) ?? [row]);
      isFirst = false;
      return text;
    });
    if (texts.length > 0) yield texts.join("");
  }
  yield writer.end();
}

async function* pagesOf(
  db: Database,
  caller: Caller,
  { id, messageSeq }: Conversation,
): AsyncGenerator<Message[]> {
  for (let first = 1; first <= messageSeq; first += PAGE) {
    const range: [number, number] = [messageId(id, first), messageId(id, first + PAGE - 1)];
    const [rows] = await retried(() => batchAs(db, caller, [messagesInRanges(db, caller.userId, [range])]));
    yield rows;
  }
}

async function variantsOf(db: Database, caller: Caller, conversation: Conversation, rows: Message[]) {
  const [all] = await retried(() =>
    batchAs(db, caller, [
      standingBeside(
        db,
        conversation,
        rows.map(({ id }) => id),
      ),
    ]),
  );
  return Map.groupBy(all, ({ parentId }) => parentId);
}
