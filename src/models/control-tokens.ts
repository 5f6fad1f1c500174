import type { Content } from "./language-model";

/**
 * What servers of open models put between messages, and read as such where it stands in one. By their chat templates:
 * ChatML, Llama 3 and 4, Phi, Cohere, Gemma 4 (`<|…|>`, `<|…>`, `<…|>`), DeepSeek (full-width bars), Llama 2 and Mistral
 * (`[INST]`, `<<SYS>>` and their like), Gemma (`<start_of_turn>`), GLM, Baichuan, and sentencepiece's `<s>` and `</s>`.
 */
const CONTROL_TOKENS = new RegExp(
  [
    String.raw`<\|[\w./\u2581-]{1,48}\|?>`,
    String.raw`<[\w./\u2581-]{1,48}\|>`,
    String.raw`<\uff5c[^<>\uff5c]{1,48}\uff5c>`,
    String.raw`<</?SYS>>`,
    String.raw`</?s>`,
    String.raw`<(?:unk|pad|bos|eos|sop|eop|mask|start_of_turn|end_of_turn|start_of_image|end_of_image|reserved_\d{1,4})>`,
    String.raw`\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS|TOOL_CONTENT|IMG|gMASK|sMASK)\]`,
  ].join("|"),
  "gu",
);

/** The same text, in which nothing is a chat template's control token: a space parts the first character from the rest. */
const neutral = (text: string) => text.replace(CONTROL_TOKENS, (token) => `${token[0]} ${token.slice(1)}`);

/** What a message says without control tokens of chat templates, still readable. */
export const withoutControlTokens = (content: Content): Content =>
  typeof content === "string"
    ? neutral(content)
    : content.map((part) => (part.type === "text" ? { ...part, text: neutral(part.text) } : part));
