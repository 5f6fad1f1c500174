import { MAX_REPLY_CHARACTERS } from "./generate";
import type { CompletionEvent, CompletionRequest, LanguageModel } from "./language-model";

const SENTENCE_ENDS = /[.!?\u2026][)\]"'\u2019\u201d]*$/u;
const WORD_BEGINS = /^["'(\u2018\u201c]?\p{L}/u;
/** Their sentences follow one another without a space. */
const UNSPACED = /^\p{P}?[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}]/u;

/**
 * What stands between what a reply says so far and what follows. A model that takes up its own words brings the space along;
 * one that begins anew does not, and sentences would stick together.
 */
export const seam = (begun: string, text: string) =>
  SENTENCE_ENDS.test(begun) && WORD_BEGINS.test(text) && !UNSPACED.test(text) ? " " : "";

/** A model that goes on from these words: only what it adds is its reply, and both together are no longer than any reply. */
export const continued = (model: LanguageModel, begun: string): LanguageModel => ({
  ...model,
  complete: (request, signal) => goOn(model, begun, request, signal),
});

async function* goOn(
  model: LanguageModel,
  begun: string,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent> {
  let said = begun.length;
  for await (const event of model.complete(request, signal)) {
    if (event.type !== "text") {
      yield event;
      continue;
    }
    const whole = said === begun.length ? seam(begun, event.text) + event.text : event.text;
    const text = whole.slice(0, Math.max(0, MAX_REPLY_CHARACTERS - said));
    said += text.length;
    if (text) yield { type: "text", text };
    if (text.length < whole.length) return yield { type: "finish", reason: "length" };
  }
}
