import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";

import { api, json } from "../harness";

export type Schema = {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  example?: unknown;
  default?: unknown;
};
export type Parameter = { name: string; in: "path" | "query" | "header"; required?: boolean; schema: Schema };
type Media = {
  schema: Schema;
  /** Of an event stream: what its events are. */
  "x-event-schema"?: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
};
type Content = Record<string, Media>;
type OperationObject = {
  operationId: string;
  summary?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content; required?: boolean };
  responses: Record<string, { description: string; content?: Content }>;
  security: unknown[];
};
export type Operation = OperationObject & { path: string; method: string; name: string };
export type Document = {
  openapi: string;
  info: { title: string; version: string; description: string; license: { name: string; url: string } };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
};

/** The routes that only administrators may call. */
export const ADMINISTRATORS = /^\/(?:admin|users)\/|^\/safety\/(?:report$|report\?|reports|appeals)/;

export const readDocument = () => json<Document>(api("/openapi.json"));

/**
 * A schema that stands by itself and is as strict as can be: references filled in, `allOf` joined into one, and where
 * fields are named no others allowed, unless the schema says that there may be more. Without its examples, whose `id`
 * fields the validator would take for the schema's own.
 */
export function strict(schema: Schema, components: Record<string, Schema>, open = false): Schema {
  const inner = (part: Schema) => strict(part, components, open);
  const { example: _example, $ref, allOf, ...own } = schema;
  if ($ref) return inner(components[$ref.replace("#/components/schemas/", "")]!);
  if (allOf) return inner(allOf.map(inner).reduce(joined, own));
  const { properties, items, anyOf, oneOf, additionalProperties: more } = own;
  return {
    ...own,
    ...(items && { items: inner(items) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
    ...(typeof more === "object" && { additionalProperties: inner(more) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, inner(field)])),
      additionalProperties: more ?? open,
    }),
  };
}

const joined = (one: Schema, other: Schema): Schema => ({
  ...one,
  ...other,
  properties: { ...one.properties, ...other.properties },
  required: [...(one.required ?? []), ...(other.required ?? [])],
});

/** What is wrong with a value by this schema, or null. */
export function mismatch(schema: Schema, value: unknown): string | null {
  const { valid, errors } = new Validator(schema as never, "2020-12", false).validate(value);
  return valid ? null : `does not match its schema: ${JSON.stringify(errors.slice(-3))}`;
}

/** The server's own description of itself: what is tested is what is documented, so a new route is covered by being there. */
export async function readContract() {
  const document = await readDocument();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const verb = method.toUpperCase();
      return { ...operation, path, method: verb, name: `${verb} ${path}` };
    }),
  );
  const { schemas } = document.components;
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/components/schemas/", "");
    return name === undefined ? schema : schemas[name]!;
  };

  /** Values that a schema allows. */
  function valid(schema: Schema): fc.Arbitrary<unknown> {
    const { type, ...known } = resolve(schema);
    if (known.enum) return fc.constantFrom(...known.enum);
    if (known.anyOf) return fc.oneof(...known.anyOf.map(valid));
    const kinds = Array.isArray(type) ? type : [type];
    return fc.oneof(...kinds.map((kind) => ofType(kind, known)));
  }
  function ofType(kind: string | undefined, schema: Schema): fc.Arbitrary<unknown> {
    switch (kind) {
      case "integer":
        return fc.integer({
          min: schema.minimum ?? -1000,
          max: Math.min(schema.maximum ?? 100_000, 100_000),
        });
      case "number":
        return fc.double({ noNaN: true });
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array":
        return fc.array(valid(schema.items ?? {}), { maxLength: 3 });
      case "object": {
        const fields = Object.entries(schema.properties ?? {}).map(([name, s]) => [name, valid(s)] as const);
        return fc.record(Object.fromEntries(fields), { requiredKeys: (schema.required ?? []) as never[] });
      }
      default: {
        const longest = Math.min(schema.maxLength ?? 40, 60);
        const text = fc.string({ unit: "grapheme", minLength: schema.minLength ?? 0, maxLength: longest });
        return schema.example === undefined ? text : fc.oneof(fc.constant(schema.example), text);
      }
    }
  }

  /** What is wrong with an answer by the contract, or null. */
  function complaint(
    operation: Operation,
    status: number,
    contentType: string | null,
    body: unknown,
  ): string | null {
    const response = operation.responses[String(status)];
    if (!response) return `answers an undocumented ${status}`;
    const type = contentType?.split(";")[0] ?? "";
    if (!response.content) return body === "" ? null : `answers ${status} with a body that is not documented`;
    const content = response.content[type];
    if (!content) return `answers ${status} as ${type || "nothing"}, which is not documented`;
    if (type !== "application/json") return null;
    const code = codeOf(body);
    if (status >= 400 && !Object.hasOwn(content.examples ?? {}, code ?? "")) {
      return `answers ${status} for ${code}, which is not documented`;
    }
    return mismatch(strict(content.schema, schemas), body);
  }

  /** A schema of the document that stands by itself; of a request, `open` to fields it does not name. */
  const alone = (schema: Schema, { open = false } = {}) => strict(schema, schemas, open);

  return { operations, valid, complaint, resolve, strict: alone };
}

/** The code of an error, in the API's own words or in OpenAI's. */
export function codeOf(body: unknown): string | undefined {
  const { code, error } = Object(body) as { code?: string; error?: { code?: string } };
  return error?.code ?? code;
}

export type Contract = Awaited<ReturnType<typeof readContract>>;

/** What an operation takes in its JSON body, or undefined. */
/** What has to stand in a query, by the document's own examples. */
export function requiredQuery({ parameters = [] }: Operation): string {
  const needed = parameters.filter(({ in: place, required }) => place === "query" && required);
  const query = new URLSearchParams(needed.map(({ name, schema }) => [name, String(schema.example)]));
  return needed.length > 0 ? `?${query.toString()}` : "";
}

/** The example of a body of JSON Lines. */
export const linesExample = (operation: Operation) =>
  operation.requestBody?.content["application/x-ndjson"]?.schema.example as string | undefined;

export const bodySchema = (operation: Operation) =>
  operation.requestBody?.content["application/json"]?.schema;
