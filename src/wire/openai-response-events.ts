import { z } from "@hono/zod-openapi";

import { OutputItemSchema, OutputTextSchema } from "./openai-items";
import { NamedResponseSchema } from "./openai-response";

const event = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), sequence_number: z.int(), ...shape });

const response = { response: NamedResponseSchema };
const item = { output_index: z.int(), item: OutputItemSchema };
const call = { item_id: z.string(), output_index: z.int() };
const part = { ...call, content_index: z.int() };
const logprobs = z.array(z.looseObject({}));

/** The events of a response's stream; `event:` repeats the type. */
export const ResponseEventSchema = z
  .union([
    event("response.created", response),
    event("response.in_progress", response),
    event("response.output_item.added", item),
    event("response.content_part.added", { ...part, part: OutputTextSchema }),
    event("response.output_text.delta", { ...part, delta: z.string(), logprobs }),
    event("response.output_text.done", { ...part, text: z.string(), logprobs }),
    event("response.content_part.done", { ...part, part: OutputTextSchema }),
    event("response.function_call_arguments.delta", { ...call, delta: z.string() }),
    event("response.function_call_arguments.done", { ...call, name: z.string(), arguments: z.string() }),
    event("response.output_item.done", item),
    event("response.completed", response),
    event("response.incomplete", response),
    event("response.failed", response),
    event("error", {
      code: z.string(),
      message: z.string(),
      param: z.string().nullable(),
      error: z.looseObject({}),
    }),
  ])
  .openapi("ResponseEvent");

export const RESPONSE_STREAM_EXAMPLE = `event: response.created
data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1048578","status":"in_progress",…}}

event: response.in_progress
data: {"type":"response.in_progress","sequence_number":1,"response":{…}}

event: response.output_item.added
data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_1048578",…}}

event: response.content_part.added
data: {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_1048578","output_index":0,"content_index":0,"part":{…}}

event: response.output_text.delta
data: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_1048578","output_index":0,"content_index":0,"delta":"Hey","logprobs":[]}

event: response.output_text.done
data: {"type":"response.output_text.done","sequence_number":5,"item_id":"msg_1048578","output_index":0,"content_index":0,"text":"Hey","logprobs":[]}

event: response.content_part.done
data: {"type":"response.content_part.done","sequence_number":6,"item_id":"msg_1048578","output_index":0,"content_index":0,"part":{…}}

event: response.output_item.done
data: {"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{…}}

event: response.completed
data: {"type":"response.completed","sequence_number":8,"response":{"id":"resp_1048578","status":"completed",…}}
`;
