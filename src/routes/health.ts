import { z } from "@hono/zod-openapi";

import { upstreamState } from "../chat/health";
import { answers, contract } from "../http/contract";
import { newRouter } from "../http/router";

export const chatHealth = newRouter();

chatHealth.openapi(
  contract({
    method: "get",
    path: "/health",
    access: "public",
    tags: ["Service"],
    summary: "Can the personas speak?",
    request: {},
    responses: answers(
      z
        .object({
          status: z.enum(["healthy", "degraded"]),
          openai_api: z.enum([
            "connected",
            "unreachable",
            "rejected_key",
            "not_configured",
            "offline",
            "unknown",
          ]),
          model: z.string(),
        })
        .openapi("ChatHealth", {
          example: { status: "healthy", openai_api: "connected", model: "gpt-3.5-turbo" },
        }),
      "The language model as it was found within the last minute.",
    ),
  }),
  async (c) => {
    const config = c.get("config");
    const state = await upstreamState(c.get("db"), config);
    const well = state === "connected" || state === "offline" || state === "unknown";
    const model = state === "offline" ? "offline" : config.OPENAI_MODEL;
    return c.json({ status: well ? "healthy" : "degraded", openai_api: state, model } as const, 200);
  },
);
