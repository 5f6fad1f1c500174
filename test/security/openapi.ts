import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";

import { api, json } from "../harness";

type Schema = {
  $ref?: string;
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
};
type Parameter = { name: string; in: "path" | "query" | "header"; required?: boolean; schema: Schema };
type Content = Record<string, { schema: Schema; example?: unknown }>;
type OperationObject = {
  parameters?: Parameter[];
  requestBody?: { content: Content; required?: boolean };
  responses: Record<string, { content?: Content }>;
  security?: unknown[];
};
export type Operation = OperationObject & { path: string; method: string; name: string };
type Document = {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema> };
};

/** A schema without its examples, whose `id` fields the validator would take for the schema's own. */
const bare = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema, (key, value: unknown) => (/^examples?$/.test(key) ? undefined : value)));

/** The server's own description of itself: what is tested is what is documented, so a new route is covered by being there. */
export async function readContract() {
  const document = await json<Document>(api("/openapi.json"));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const verb = method.toUpperCase();
      return { ...operation, path, method: verb, name: `${verb} ${path}` };
    }),
  );
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/components/schemas/", "");
    return name === undefined ? schema : document.components.schemas[name]!;
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
    const whole = bare({ ...content.schema, components: document.components });
    const validator = new Validator(whole as never, "2020-12", false);
    const { valid: fits, errors } = validator.validate(body);
    return fits ? null : `does not match its schema: ${JSON.stringify(errors.slice(-3))}`;
  }

  return { operations, valid, complaint, resolve };
}

export type Contract = Awaited<ReturnType<typeof readContract>>;

/** What an operation takes in its JSON body, or undefined. */
export const bodySchema = (operation: Operation) =>
  operation.requestBody?.content["application/json"]?.schema;
