import { batchAs, retried } from "../../db/client";
import { listPersonas } from "../../db/personas";
import { contract, ok } from "../../http/contract";
import { newRouter } from "../../http/router";
import { ConnectSchema, guidesFor } from "../../wire/connect";
import { modelIdOf } from "../../wire/openai-models";

export const connect = newRouter();

const KEY = "YOUR_API_KEY";
/** What stands for a persona where there is none yet. */
const SOMEBODY = { name: "alex", id: 1 };

connect.openapi(
  contract({
    method: "get",
    path: "/connect",
    operationId: "getConnections",
    access: "read",
    openai: true,
    tags: ["OpenAI"],
    summary: "How to set up the apps and libraries that people already use, ready to be copied",
    responses: ok(ConnectSchema, "The settings of each of them, for this server and a persona of yours."),
  }),
  async (c) => {
    const [db, caller] = [c.get("db"), c.get("caller")];
    const [[persona = SOMEBODY]] = await retried(() =>
      batchAs(db, caller, [listPersonas(db, caller.userId, { after: 0, limit: 1 })]),
    );
    const to = { baseUrl: `${new URL(c.req.url).origin}/v1`, key: KEY, model: modelIdOf(persona) };
    return c.json({ base_url: to.baseUrl, model: to.model, key: to.key, clients: guidesFor(to) }, 200);
  },
);
