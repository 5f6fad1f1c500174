import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "../fixtures/openai/schema.json");
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(JSON.parse(readFileSync(file, "utf8")) as object, "openai");

/** What is wrong with a value by OpenAI's own published schema of this name; null where nothing is. */
export function complaint(name: string, value: unknown): string | null {
  const validate = ajv.getSchema(`openai#/$defs/${name}`);
  if (!validate) throw new Error(`OpenAI has no schema ${name}.`);
  return validate(value) ? null : `${name}: ${ajv.errorsText(validate.errors?.slice(0, 5))}`;
}

/** The same by a schema of this server's own document. */
export function ownComplaint(document: object, name: string, value: unknown): string | null {
  const own = new Ajv2020({ strict: false, allErrors: true }).addSchema(document, "own");
  const validate = own.getSchema(`own#/components/schemas/${name}`);
  if (!validate) throw new Error(`The document has no schema ${name}.`);
  return validate(value) ? null : `${name}: ${own.errorsText(validate.errors)}`;
}

type Event = { type: string; response?: { usage?: unknown } };

/** The same of a response's event. While a response goes on its usage is null, which OpenAI's own schema does not foresee. */
export function eventComplaint(event: Event): string | null {
  const { response } = event;
  if (response?.usage !== null) return complaint("ResponseStreamEvent", event);
  const { usage: _usage, ...rest } = response;
  return complaint("ResponseStreamEvent", { ...event, response: rest });
}
