import { createParser } from "eventsource-parser";
import { describe, expect, it } from "vitest";

import { app } from "../../src/app";
import { TAGS } from "../../src/routes/openapi";
import { api, json, newUser } from "../harness";
import { says, scriptUpstream } from "../upstream";
import { mismatch, readDocument, strict, type Schema } from "../security/openapi";

const METHODS = new Set(["get", "post", "put", "patch", "delete"]);
/** The document itself, which is not in it. */
const PAGES = /^\/openapi\.json$/;

/** The events of a stream, their data as JSON. */
async function eventsOf(response: Response) {
  const events: { id?: number; event?: string; data: unknown }[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) =>
      data !== "[DONE]" &&
      events.push({
        ...(id && { id: Number(id) }),
        ...(event && { event }),
        data: JSON.parse(data) as unknown,
      }),
  });
  parser.feed(await response.text());
  return events;
}

async function operations() {
  const { paths } = await readDocument();
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
  );
}

describe("the API document", () => {
  it("is OpenAPI 3.1 for the address it was asked at, with a way to sign in", async () => {
    const document = await readDocument();
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: "https://persona.test" }]);
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: "http", scheme: "bearer" } });
  });

  it("names every route that the server has", async () => {
    const documented = (await operations()).map(({ name }) => name);
    const served = app.routes
      .filter(({ method, path }) => METHODS.has(method.toLowerCase()) && !PAGES.test(path))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`);
    expect(documented.length).toBeGreaterThan(5);
    expect([...new Set(documented)].toSorted()).toEqual([...new Set(served)].toSorted());
  });

  it("gives every route a summary, a described tag and an answer", async () => {
    const described = new Set(TAGS.map(({ name }) => name));
    for (const { name, operation } of await operations()) {
      expect(operation.summary, name).toMatch(/\w+/);
      expect(operation.tags?.length, name).toBe(1);
      expect(described, name).toContain(operation.tags![0]);
      expect(Object.keys(operation.responses).join(), name).toMatch(/\b2\d\d\b/);
    }
  });

  it("says under which licence it may be used, and what each tag means", async () => {
    const { info, tags } = await readDocument();
    expect(info).toMatchObject({ license: { name: "MIT", url: expect.stringMatching(/^https:/) } });
    expect(tags.filter(({ description }) => !description)).toEqual([]);
  });

  it("gives every operation one name of its own, as a generated client's method", async () => {
    const names = (await operations()).map(({ operation }) => operation.operationId);
    expect(names.filter((name) => !/^[a-z]+([A-Z][a-z]+)*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("says of every operation whether one must be signed in, in words of a declared scheme", async () => {
    const { components } = await readDocument();
    for (const { name, operation } of await operations()) {
      expect(operation.security, name).toBeInstanceOf(Array);
      const schemes = operation.security.flatMap((requirement) => Object.keys(requirement as object));
      for (const scheme of schemes) expect(components.securitySchemes, name).toHaveProperty(scheme);
    }
  });

  it("declares each parameter of a path, and no other", async () => {
    for (const { name, path, operation } of await operations()) {
      const declared = operation.parameters?.filter((parameter) => parameter.in === "path") ?? [];
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(declared.map((parameter) => parameter.name).toSorted(), name).toEqual(named.toSorted());
      expect(
        declared.every(({ required }) => required),
        name,
      ).toBe(true);
    }
  });

  it("says how every route can fail, with an example of each failure", async () => {
    for (const { name, path, operation } of await operations()) {
      const failures = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      const statuses = failures.map(([status]) => status);
      expect(statuses, name).toEqual(expect.arrayContaining(["500", "503"]));
      if (operation.security.length > 0) expect(statuses, name).toContain("401");
      if (path.includes("{")) expect(statuses, name).toContain("422");
      for (const [status, { content }] of failures) {
        const media = content?.["application/json"];
        expect(media?.schema, `${name} ${status}`).toEqual({ $ref: expect.stringMatching(/Error$/) });
        expect(Object.keys(media?.examples ?? {}).length, `${name} ${status}`).toBeGreaterThan(0);
      }
    }
  });

  it("fills in an example of every body and every answer", async () => {
    const { components } = await readDocument();
    const hasExample = (schema: Schema): boolean => {
      const name = schema.$ref?.split("/").at(-1);
      if (name !== undefined) return hasExample(components.schemas[name] as Schema);
      if ("example" in schema || "enum" in schema || "const" in schema) return true;
      if (schema.items) return hasExample(schema.items);
      if (schema.properties) return Object.values(schema.properties).every(hasExample);
      return ["boolean", "integer", "number"].includes(String(schema.type));
    };
    for (const { name, operation } of await operations()) {
      const media = { ...operation.requestBody?.content, ...operation.responses["200"]?.content };
      for (const [type, { schema }] of Object.entries(media)) {
        expect(hasExample(schema as Schema), `${name} ${type}`).toBe(true);
      }
    }
  });

  it("gives only examples that are what their schemas say", async () => {
    const { components, paths } = await readDocument();
    const wrong: string[] = [];
    let checked = 0;
    /** Holds every example in this part of the document against the schema beside it. */
    const look = (part: unknown, at: string): void => {
      if (typeof part !== "object" || part === null) return;
      const node = part as {
        schema?: Schema;
        example?: unknown;
        examples?: Record<string, { value: unknown }>;
      };
      const schema = node.schema ?? (part as Schema);
      const examples = Object.values(node.examples ?? {}).map(({ value }) => value);
      // A field may be named so, too: then it is a schema itself.
      if ("example" in node && !at.endsWith("/properties")) examples.push(node.example);
      for (const example of examples) {
        checked++;
        const complaint = mismatch(strict(schema, components.schemas), example);
        if (complaint) wrong.push(`${at} ${complaint}`);
      }
      for (const [name, inner] of Object.entries(part)) {
        if (!/^examples?$/.test(name) || at.endsWith("/properties")) look(inner, `${at}/${name}`);
      }
    };
    look({ components, paths }, "#");
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(100);
  });

  it("refers to nothing that it does not hold", async () => {
    const document = await readDocument();
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (m) => m[1]!,
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(document.components.schemas).toHaveProperty([name]);
  });

  it("says what the events of each stream are, and so they are", async () => {
    const { components, paths } = await readDocument();
    const named = new Set(
      Object.values(paths)
        .flatMap((item) => Object.values(item))
        .flatMap(({ responses }) => responses["200"]?.content?.["text/event-stream"] ?? [])
        .map((media) => media["x-event-schema"]?.$ref),
    );
    expect([...named].toSorted()).toEqual(
      ["ChatCompletionEvent", "ImportEvent", "ResponseEvent", "TurnEvent", "UIMessageChunk"].map(
        (name) => `#/components/schemas/${name}`,
      ),
    );
    const { token } = await newUser();
    const { id } = await json<{ id: number }>(
      api("/personas", { token, body: { name: "Alex", relation_type: "friend" } }),
    );
    const chat = await json<{ id: number }>(
      api("/chat/conversations", { token, body: { title: "Talk", persona_id: id } }),
    );
    const model = `alex-${id}`;
    const messages = [{ role: "user", content: "Hi" }];
    const parts = [{ type: "text", text: "Hi" }];
    const failing = { steps: [{ text: "Well" }, { chunk: { error: {} } }] };
    for (const script of [says("Ahoy", " there!"), failing]) {
      scriptUpstream(script);
      for (const [name, path, body] of [
        ["TurnEvent", `/chat/conversations/${chat.id}/send`, { content: "Hi" }],
        ["ChatCompletionEvent", "/v1/chat/completions", { model, messages }],
        ["ResponseEvent", "/v1/responses", { model, input: "Hi" }],
        ["UIMessageChunk", "/v1/ui/chat", { model, id: "a", messages: [{ role: "user", parts }] }],
      ] as const) {
        const schema = strict({ $ref: `#/components/schemas/${name}` }, components.schemas);
        const events = await eventsOf(await api(path, { token, body: { ...body, stream: true } }));
        expect(events.length, name).toBeGreaterThan(2);
        for (const { data, ...event } of events) {
          const value: unknown = name === "TurnEvent" ? { ...event, data } : data;
          expect(mismatch(schema, value), `${name} ${JSON.stringify(value)}`).toBeNull();
        }
      }
    }
  });

  it("shows the event stream of a send", async () => {
    const { paths } = await readDocument();
    const send = Object.entries(paths).find(([path]) => path.endsWith("/send"))![1]["post"]!;
    expect(send.responses["200"]!.content).toHaveProperty(["text/event-stream"]);
  });
});

it("the server says that it is healthy", async () => {
  expect(await json(api("/health"))).toEqual({ status: "healthy" });
});
