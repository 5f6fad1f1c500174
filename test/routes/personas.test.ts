import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../src/db/client";
import { deletePersona } from "../../src/db/erasure";
import { conversationsOfPersona, listPersonas, personaById } from "../../src/db/personas";
import { RELATIONSHIPS } from "../../src/db/schema";
import { insertMessage } from "../factories";
import { api, json, newUser, type TestUser } from "../harness";

type Persona = {
  id: number;
  name: string;
  description: string | null;
  relation_type: string;
  user_id: number;
};
type Failure = { detail: string; code: string };

const alex = { name: "Alex", description: "Loves hiking.\nWorks as a nurse.", relation_type: "friend" };
const create = (user: TestUser, body: object = alex) =>
  json<Persona>(api("/personas/", { token: user.token, body }));

describe("personas", () => {
  it("are created, shown, changed and deleted", async () => {
    const user = await newUser();
    const created = await create(user, { ...alex, name: "  Alex ", mood: "unknown fields are ignored" });
    expect(created).toEqual({
      ...alex,
      greeting: null,
      alternate_greetings: [],
      memory: "on",
      memory_tokens: null,
      avatar_url: null,
      id: expect.any(Number),
      user_id: user.id,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
      updated_at: expect.any(String),
    });
    const path = `/personas/${created.id}`;
    expect(await json(api(path, { token: user.token }))).toEqual(created);

    const body = { name: "Alexandra", relation_type: "sibling", description: null };
    const changed = await json<Persona>(api(path, { method: "PUT", token: user.token, body }));
    expect(changed).toMatchObject({ id: created.id, ...body });
    expect(await json(api(path, { token: user.token }))).toEqual(changed);

    expect(await json(api(path, { method: "DELETE", token: user.token }))).toEqual({
      message: `Persona ${created.id} deleted successfully`,
    });
    const gone = await json<Failure>(api(path, { token: user.token }), 404);
    expect(gone.detail).toBe(`Persona ${created.id} not found`);
  });

  it("answer with and without a final slash, without a redirect", async () => {
    const { token } = await newUser();
    const { id } = await json<Persona>(api("/personas", { token, body: alex }));
    for (const path of ["/personas", "/personas/"]) expect(await json(api(path, { token }))).toHaveLength(1);
    for (const path of [`/personas/${id}`, `/personas/${id}/`]) {
      await json(api(path, { method: "PUT", token, body: { name: "Sam" } }));
      expect(await json(api(path, { token }))).toMatchObject({ name: "Sam" });
    }
    await json(api(`/personas/${id}/`, { method: "DELETE", token }));
  });

  it("take the relationship in any letter case and under each of its names", async () => {
    const user = await newUser();
    for (const relation of RELATIONSHIPS) {
      for (const field of ["relation_type", "relationship_type", "relationship"]) {
        const persona = await create(user, { name: "Alex", [field]: ` ${relation.toUpperCase()}` });
        expect(persona).toMatchObject({ relation_type: relation, description: null });
      }
    }
    const both = await create(user, { name: "A", relationship: "child", relation_type: "Parent" });
    expect(both.relation_type).toBe("parent");
    const body = { relationship_type: "Spouse" };
    const changed = await json<Persona>(
      api(`/personas/${both.id}`, { method: "PUT", token: user.token, body }),
    );
    expect(changed).toMatchObject({ name: "A", relation_type: "spouse" });
  });

  it("keep what a change does not name, and tell leaving out a description from emptying it", async () => {
    const user = await newUser();
    const { id } = await create(user);
    const put = (body: object) =>
      json<Persona>(api(`/personas/${id}`, { method: "PUT", token: user.token, body }));
    expect(await put({ name: "Sam" })).toMatchObject({ ...alex, name: "Sam" });
    expect(await put({ description: " " })).toMatchObject({ name: "Sam", description: "" });
    expect(await put({ description: null })).toMatchObject({ name: "Sam", description: null });
  });

  it.each([
    ["no name", { relation_type: "friend" }, "name"],
    ["an empty name", { ...alex, name: "  " }, "name"],
    ["a name of 129 characters", { ...alex, name: "x".repeat(129) }, "name"],
    ["a name over two lines", { ...alex, name: "A\nB" }, "name"],
    ["a name that is no text", { ...alex, name: 7 }, "name"],
    ["a description of 32001 characters", { ...alex, description: "x".repeat(32_001) }, "description"],
    ["a lone surrogate", { ...alex, description: "\ud800" }, "description"],
    ["no relationship", { name: "Alex" }, "relation_type"],
    ["null for a relationship", { name: "Alex", relation_type: null }, "relation_type"],
    ["an unknown relationship", { name: "Alex", relation_type: "enemy" }, "relation_type"],
  ])("are refused with %s, naming the field, and nothing is written", async (_, body, field) => {
    const { token } = await newUser();
    const failure = await json<Failure>(api("/personas", { token, body }), 422);
    expect(failure.detail).toContain(field);
    expect(await json(api("/personas", { token }))).toEqual([]);
  });

  it("accept names of 128 and descriptions of 32000 characters, counted as people count", async () => {
    const user = await newUser();
    const body = { name: "😀".repeat(128), description: "é".repeat(32_000), relation_type: "other" };
    expect(await create(user, body)).toMatchObject(body);
  });

  it.each([[{}], [{ mood: "sunny" }], [{ name: "" }], [{ name: null }], [{ relation_type: "enemy" }]])(
    "are not changed by %j",
    async (body) => {
      const user = await newUser();
      const created = await create(user);
      const path = `/personas/${created.id}`;
      await json(api(path, { method: "PUT", token: user.token, body }), 422);
      expect(await json(api(path, { token: user.token }))).toEqual(created);
    },
  );

  it("of somebody else look like none, and stay as they are", async () => {
    const [owner, other] = [await newUser(), await newUser()];
    const persona = await create(owner);
    const path = `/personas/${persona.id}`;
    for (const call of [{}, { method: "PUT", body: { name: "Mine" } }, { method: "DELETE" }]) {
      const failure = await json<Failure>(api(path, { ...call, token: other.token }), 404);
      expect(failure).toMatchObject({ detail: `Persona ${persona.id} not found`, code: "not_found" });
    }
    expect(await json(api("/personas", { token: other.token }))).toEqual([]);
    expect(await json(api(path, { token: owner.token }))).toEqual(persona);
  });

  it("ask for a login before anything else", async () => {
    for (const call of [{}, { body: { nonsense: true } }]) {
      const answer = await api("/personas", call);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect((await api("/personas/abc")).status).toBe(401);
  });

  it("refuse ids that are no positive whole numbers", async () => {
    const { token } = await newUser();
    for (const id of ["abc", "0", "-1", "1.5", "99999999999999999999"]) {
      expect((await api(`/personas/${id}`, { token })).status).toBe(422);
    }
  });

  it("are listed in the order of creation, in pages that a Link header joins", async () => {
    const user = await newUser();
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push((await create(user)).id);
    const seen: number[][] = [];
    let next: string | undefined = "/personas/?limit=2";
    while (next) {
      const page = await api(next, { token: user.token });
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
      seen.push((await json<Persona[]>(page)).map((persona) => persona.id));
    }
    expect(seen).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    for (const query of ["limit=0", "limit=101", "limit=x", "cursor=x"]) {
      expect((await api(`/personas?${query}`, { token: user.token })).status).toBe(422);
    }
  });

  it("take their conversations and messages with them, and only theirs", async () => {
    const { token, ...user } = await newUser();
    const [gone, kept] = [await create({ token, ...user }), await create({ token, ...user })];
    const start = (persona_id: number) =>
      json<{ id: number }>(api("/chat/conversations", { token, body: { title: "Talk", persona_id } }));
    const [lost, left] = [await start(gone.id), await start(kept.id)];
    await insertMessage(openDatabase(env.DB), lost.id, 1, "Hi");
    await json(api(`/personas/${gone.id}`, { method: "DELETE", token }));
    expect((await api(`/chat/conversations/${lost.id}`, { token })).status).toBe(404);
    expect((await api(`/chat/conversations/${left.id}`, { token })).status).toBe(200);
    const rows = await env.DB.prepare("SELECT id FROM chat_messages WHERE conversation_id = ?")
      .bind(lost.id)
      .all();
    expect(rows.results).toEqual([]);
  });

  it("are found by an index, never by reading everybody's", async () => {
    const db = openDatabase(env.DB);
    const queries = [
      listPersonas(db, 1, { after: 1, limit: 10 }),
      personaById(db, 1, 1),
      ...deletePersona(db, 1, 1),
      conversationsOfPersona(db, 1, 1, new Date(), 10),
    ];
    for (const query of queries) {
      const { sql, params } = query.toSQL();
      const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>();
      const details = plan.results.map((step) => step.detail).join("\n");
      expect(details).toContain("SEARCH");
      expect(details).not.toMatch(/\bSCAN\b|TEMP B-TREE/);
    }
  });
});
