import { AppError, toErrorBody } from "../errors";
import type { Message, ToolCallDelta } from "../db/schema";
import type { EndedEvent, TurnEvent } from "../events/events";
import type { Dialect, Terms } from "./dialect";
import { noticesIn, logprobsIn, toolCallsIn } from "./openai-chat";
import { toOpenAiError } from "./openai-error";
import {
  itemStatus,
  messageItemId,
  outputMessage,
  outputText,
  type FunctionCall,
  type OutputItem,
} from "./openai-items";
import { responseStatus, toResponse } from "./openai-response";
import { noticeLine } from "./safety";
import { failedAnswer, failureOf } from "./turn-stream";

const messageId = ({ id }: Terms, reply: Message) =>
  id === undefined ? messageItemId(reply.id) : `msg_${id}`;
const callId = ({ id }: Terms, reply: Message, index: number) => `fc_${id ?? reply.id}_${index}`;

/** What has come of a reply: what it says, if anything, and the calls of the client's functions. */
export function outputOf(terms: Terms, reply: Message, events: readonly TurnEvent[]): OutputItem[] {
  const status = itemStatus(reply.status);
  const text = noticesIn(events) + reply.content;
  const calls = toolCallsIn(events).map(({ id, function: called }, index): FunctionCall => ({
    id: callId(terms, reply, index),
    type: "function_call",
    call_id: id,
    ...called,
    status,
  }));
  if (text === "") return calls;
  return [outputMessage(messageId(terms, reply), status, [outputText(text, logprobsIn(events))]), ...calls];
}

/** The reply as far as it has come. */
function soFar(events: readonly TurnEvent[]): Message | null {
  const [opening] = events;
  if (opening?.type !== "started") return null;
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  return { ...opening.reply, content: opening.reply.content + text };
}

/** The reply of a turn that has failed, with what had come of it. */
const failedReply = ({ exchange, failure }: EndedEvent, begun: Message): Message => ({
  ...(exchange?.reply ?? begun),
  status: "failed",
  errorCode: failure?.code ?? "internal_error",
});

/** OpenAI's responses. Frames are numbered one by one, so that each reader tells a turn from its beginning. */
export function openAiResponses(terms: Terms): Dialect {
  const write = openWriter(terms);
  let notices = "";
  return {
    beginsEarly: true,
    heartbeat: ": still here\n\n",
    encode(event, _id, opening) {
      if (opening.type !== "started") return "";
      const { reply } = opening;
      switch (event.type) {
        case "started":
          return write.begin(reply);
        case "text":
          return write.text(reply, event.text, event.logprobs);
        case "disclosure":
          if (event.inText === "off") return "";
          notices += noticeLine(event);
          return write.text(reply, noticeLine(event));
        case "withdrawn":
          return write.text(reply, "\n\n") + write.instead(notices + event.text);
        case "tool_calls":
          return write.calls(reply, event.calls);
        case "found":
        case "notice":
          return "";
        case "ended":
          return write.end(event, reply);
      }
    },
    begun(events) {
      const reply = soFar(events);
      return reply ? toResponse(terms, reply, []) : {};
    },
    answer(event, _notice, events) {
      const whole = (reply: Message) => toResponse(terms, reply, outputOf(terms, reply, events));
      if (event.exchange && !event.failure) return { status: 200, body: whole(event.exchange.reply) };
      const begun = soFar(events);
      return { ...failedAnswer(event), ...(begun && { late: whole(failedReply(event, begun)) }) };
    },
  };
}

type Open = { index: number; item: FunctionCall };

/** Writes a turn's frames in order, and leaves out those that its reader has seen; the last one is for everybody. */
function openWriter(terms: Terms) {
  const seen = terms.seen ?? -1;
  let sequence = 0;
  /** What the items have so far, in the order in which they were opened. */
  let items = 0;
  let message: { index: number; text: string; logprobs: unknown[] } | null = null;
  const calls = new Map<number, Open>();

  function frame(type: string, data: object, isLast = false): string {
    const number = sequence++;
    if (number <= seen && !isLast) return "";
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number, ...data })}\n\n`;
  }
  const added = (output_index: number, item: OutputItem) =>
    frame("response.output_item.added", { output_index, item });
  const done = (output_index: number, item: OutputItem) =>
    frame("response.output_item.done", { output_index, item });

  function text(reply: Message, delta: string, logprobs: unknown[] = []): string {
    const item_id = messageId(terms, reply);
    let opened = "";
    if (!message) {
      message = { index: items++, text: "", logprobs: [] };
      const part = { item_id, output_index: message.index, content_index: 0, part: outputText("") };
      opened =
        added(message.index, outputMessage(item_id, "in_progress", [])) +
        frame("response.content_part.added", part);
    }
    message.text += delta;
    message.logprobs.push(...logprobs);
    const at = { item_id, output_index: message.index, content_index: 0 };
    return opened + frame("response.output_text.delta", { ...at, delta, logprobs });
  }

  function call(reply: Message, { index, id, function: piece }: ToolCallDelta): string {
    let open = calls.get(index);
    let opened = "";
    if (!open) {
      const item: FunctionCall = {
        id: callId(terms, reply, index),
        type: "function_call",
        call_id: id ?? "",
        name: piece?.name ?? "",
        arguments: "",
        status: "in_progress",
      };
      open = { index: items++, item };
      calls.set(index, open);
      opened = added(open.index, item);
    }
    const delta = piece?.arguments ?? "";
    if (delta === "") return opened;
    open.item = { ...open.item, arguments: open.item.arguments + delta };
    const at = { item_id: open.item.id, output_index: open.index };
    return opened + frame("response.function_call_arguments.delta", { ...at, delta });
  }

  /** Closes what was opened; returns the frames and the items as they are. */
  function close(reply: Message): [frames: string, output: OutputItem[]] {
    const status = itemStatus(reply.status);
    const output: OutputItem[] = [];
    let frames = "";
    if (message) {
      const { index, text: whole, logprobs } = message;
      const part = outputText(whole, logprobs);
      const at = { item_id: messageId(terms, reply), output_index: index, content_index: 0 };
      const item = (output[index] = outputMessage(at.item_id, status, [part]));
      frames +=
        frame("response.output_text.done", { ...at, text: whole, logprobs }) +
        frame("response.content_part.done", { ...at, part }) +
        done(index, item);
    }
    for (const { index, item: open } of calls.values()) {
      const item = (output[index] = { ...open, status });
      const { id: item_id, name, arguments: given } = item;
      const at = { item_id, output_index: index, name, arguments: given };
      frames += frame("response.function_call_arguments.done", at) + done(index, item);
    }
    return [frames, output];
  }

  return {
    begin(reply: Message): string {
      const response = toResponse(terms, reply, []);
      return frame("response.created", { response }) + frame("response.in_progress", { response });
    },
    text,
    /** What the text is when it is done, whatever was shown of it. */
    instead(whole: string): string {
      if (message) Object.assign(message, { text: whole, logprobs: [] });
      return "";
    },
    calls: (reply: Message, deltas: ToolCallDelta[]) => deltas.map((delta) => call(reply, delta)).join(""),
    end(event: EndedEvent, opening: Message): string {
      const failure = failureOf(event);
      if (failure || !event.exchange) {
        const failed = failedReply(event, opening);
        const { error } = toOpenAiError(toErrorBody(failure ?? new AppError("internal_error")));
        const { message: sentence, param } = error;
        const told = frame("error", { code: error.code, message: sentence, param, error }, true);
        const response = toResponse(terms, failed, close(failed)[1]);
        return told + frame("response.failed", { response }, true);
      }
      const { reply } = event.exchange;
      const [frames, output] = close(reply);
      const status = responseStatus(reply);
      const last = status === "completed" ? "response.completed" : "response.incomplete";
      return frames + frame(last, { response: toResponse(terms, reply, output) }, true);
    },
  };
}
