import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../../harness";
import { says, scriptUpstream } from "../../upstream";
import { newModel, type WireError, type WireResponse } from "./harness";

type Made = { id: string; object: string; created_at: number; metadata: Record<string, string> };
type List = { data: { id: string; role: string; content: { text: string }[] }[]; has_more: boolean };

/** A user with a persona, and how one keeps conversations with it. */
async function newClient() {
  const { token, model, user, personaId } = await newModel();
  const call = (method: string, path: string, body?: object) =>
    api(`/v1/conversations${path}`, { token, method, ...(body && { body }) });
  const make = (body: object) => json<Made>(call("POST", "", body));
  const said = async (id: string, query = "?order=asc") =>
    (await json<List>(call("GET", `/${id}/items${query}`))).data.map(({ content }) => content[0]!.text);
  const respond = (body: object) => api("/v1/responses", { token, body: { model, input: "Ahoy", ...body } });
  return { token, model, user, personaId, call, make, said, respond };
}

const user = (content: string) => ({ role: "user", content });

describe("a conversation of OpenAI's clients", () => {
  it("is one of ours, with what its client keeps with it", async () => {
    const { make, call, token, model, personaId } = await newClient();
    const made = await make({ model, metadata: { topic: "sea" } });
    expect(made).toMatchObject({ object: "conversation", metadata: { topic: "sea" } });
    const path = `/${made.id}`;
    expect(await json(call("GET", path))).toEqual(made);
    const changed = await json(call("POST", path, { metadata: { topic: "land" } }));
    expect(changed).toEqual({ ...made, metadata: { topic: "land" } });
    expect(await json(call("GET", path))).toEqual(changed);
    const [chat] = await json<object[]>(api("/chat/conversations?origin=api", { token }));
    expect(chat).toMatchObject({ persona_id: personaId, origin: "api" });
    expect(await json(api("/chat/conversations?origin=app", { token }))).toEqual([]);
    expect(await json(call("DELETE", path))).toEqual({
      id: made.id,
      object: "conversation.deleted",
      deleted: true,
    });
    expect(await json<WireError>(call("GET", path), 404)).toMatchObject({ error: { code: "not_found" } });
  });

  it("begins and goes on with what was said elsewhere, in pages", async () => {
    const upstream = scriptUpstream(says("Aye."));
    const { make, call, said, respond } = await newClient();
    const { id } = await make({
      items: [
        user("1"),
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "2" }] },
      ],
    });
    const added = await json<List>(call("POST", `/${id}/items`, { items: [user("3")] }));
    expect(added.data).toMatchObject([{ role: "user", content: [{ type: "input_text", text: "3" }] }]);
    const answer = await json<WireResponse>(respond({ conversation: id, input: "4" }));
    expect(answer.conversation).toEqual({ id });
    expect(await said(id)).toEqual(["1", "2", "3", "4", "Aye."]);
    expect(upstream.calls[0]!.body.messages.slice(1).map(({ content }) => content)).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
    expect(await said(id, "?limit=2")).toEqual(["Aye.", "4"]);
    const { id: other } = await make({ items: [user("elsewhere")] });
    const { first_id: stranger } = await json<{ first_id: string }>(call("GET", `/${other}/items`));
    expect((await json<WireError>(call("GET", `/${id}/items?after=${stranger}`), 404)).error.code).toBe(
      "item_not_found",
    );
    expect(await said(id, `?limit=2&after=${added.data[0]!.id}`)).toEqual(["2", "1"]);
  });

  it("that names nobody is with whom its first response means, and from then on with nobody else", async () => {
    scriptUpstream(says("Aye."));
    const { make, respond, token } = await newClient();
    const { id: other } = await json<{ id: number }>(
      api("/personas", { token, body: { name: "Bo", relation_type: "friend" } }),
    );
    const { id } = await make({});
    const model = `bo-${other}`;
    await json(respond({ conversation: id, model }));
    expect((await json<WireError>(respond({ conversation: id }), 404)).error.code).toBe("model_not_found");
    await json(respond({ conversation: id, model }));
  });

  it("is refused where it holds what none can hold, or too much, or is nobody's", async () => {
    const { make, call, token } = await newClient();
    const image = { role: "user", content: [{ type: "input_image", image_url: "https://example.com/a" }] };
    const error = async (body: object, status: number) =>
      (await json<WireError>(call("POST", "", body), status)).error;
    expect(await error({ items: [image] }, 400)).toMatchObject({
      code: "unsupported_content",
      param: "items",
    });
    expect(await error({ items: Array(21).fill(user("x")) }, 422)).toMatchObject({ param: "items" });
    expect(await error({ items: [user("x".repeat(4001))] }, 422)).toMatchObject({
      code: "validation_failed",
    });
    expect(await error({ model: "persona-999999" }, 404)).toMatchObject({ code: "model_not_found" });
    expect(await error({ metadata: { a: 1 } }, 422)).toMatchObject({ param: "metadata.a" });
    expect(await json(api("/chat/conversations", { token }))).toEqual([]);
    const { id } = await make({});
    const stranger = await newUser();
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["POST", "", { metadata: { a: "b" } }],
      ["DELETE", "", undefined],
      ["GET", "/items", undefined],
      ["POST", "/items", { items: [user("x")] }],
    ] as const) {
      const asked = api(`/v1/conversations/${id}${path}`, {
        token: stranger.token,
        method,
        ...(body && { body }),
      });
      expect((await asked).status, `${method} ${path}`).toBe(403);
    }
    expect((await api("/v1/conversations", { token: stranger.token, body: {} })).status).toBe(404);
  });
});
