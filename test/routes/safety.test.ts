import { describe, expect, it } from "vitest";

import { api, json, newUser } from "../harness";

const assess = (token: string, body: object) => api("/safety/assess", { token, body });

describe("what the safety floor hears", () => {
  it("is told to whoever asks, in every language", async () => {
    const { token } = await newUser();
    expect(await json(assess(token, { text: "I want to die." }))).toEqual({
      code: "crisis",
      level: "high",
      classes: ["crisis.active"],
    });
    expect(await json(assess(token, { text: "Meine Schwester will sich umbringen" }))).toMatchObject({
      code: "concern",
    });
    expect(await json(assess(token, { text: "Good morning", persona_id: null }))).toEqual({
      code: null,
      level: null,
      classes: [],
    });
  });

  it("is not told of a text that is too long or empty, nor to nobody, nor for another's persona", async () => {
    const [user, other] = [await newUser(), await newUser()];
    expect((await assess(user.token, { text: "a".repeat(20_001) })).status).toBe(422);
    expect((await assess(user.token, { text: " " })).status).toBe(422);
    expect((await api("/safety/assess", { body: { text: "hi" } })).status).toBe(401);
    const body = { name: "Alex", relation_type: "friend" };
    const { id } = await json<{ id: number }>(api("/personas", { token: other.token, body }));
    expect((await assess(user.token, { text: "hi", persona_id: id })).status).toBe(404);
    expect((await assess(other.token, { text: "hi", persona_id: id })).status).toBe(200);
  });
});
