/** What a server said when it refused a request; most say it in words only. */
export type Refusal = { message: string; code?: unknown; param?: unknown };

/**
 * Whether a server does not take a parameter at all, whatever its value. One that finds the value too large has refused the
 * request, not the parameter. The words are those of the servers named; `test/models/openai.test.ts` has them in full.
 */
export function refusesParameter(name: string, { code, param, message }: Refusal): boolean {
  if (param === name && (code === "unsupported_parameter" || code === "unknown_parameter")) return true;
  const parameter = `(?<!\\w)${name}(?!\\w)`;
  const sayings = [
    // OpenAI, Azure, Google: "Unrecognized request argument supplied: x".
    `\\b(unsupported|unrecogni[sz]ed|unknown|unexpected)\\b(?! value)[^.,]{0,40}${parameter}`,
    // OpenAI, Groq, Anthropic: "property 'x' is unsupported".
    `${parameter}\\W?( parameter)? (is|was) (unsupported|unexpected|unknown|deprecated|not (supported|recogni[sz]ed))\\b`,
    // Pydantic, in vLLM, Mistral and Azure: {"loc": ["body", "x"], "msg": "Extra inputs are not permitted"}.
    `${parameter}(\\W{1,6}include_usage)?\\W{1,12}(msg\\W{1,8})?extra (inputs are|fields) not permitted`,
  ];
  if (name === "max_tokens") sayings.push("\\buse \\W?max_completion_tokens\\W? instead");
  return new RegExp(sayings.join("|"), "i").test(message);
}

/** Whether a model takes no value of this parameter but its own, as reasoning models say of the temperature. */
export const refusesEveryValue = (name: string, { code, param, message }: Refusal): boolean =>
  (param === name && code === "unsupported_value") ||
  new RegExp(`\\bunsupported value\\W{1,4}${name}\\b`, "i").test(message);

/**
 * Whether a model takes no images: OpenAI ("Invalid content type. image_url is only supported by certain models."), vLLM ("is
 * not a multimodal model"), OpenRouter ("No endpoints found that support image input"), Groq and Mistral ("must be a string").
 */
export const refusesImages = ({ message }: Refusal): boolean =>
  /image_url|image input|images? (is|are) not|support(s|ing)? (images?|vision)|multimodal|content\W{1,4}must be a string/i.test(
    message,
  );
