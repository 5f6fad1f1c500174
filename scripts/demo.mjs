// `npm run demo`: a conversation with two personas, in the terminal, over the public API.
import { EventSourceParserStream } from "eventsource-parser/stream";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";

const TALKS = [
  {
    persona: {
      name: "Rosa",
      description: "Grew tomatoes all her life and worries about your sleep.",
      relation_type: "parent",
    },
    title: "Sunday call with Rosa",
    says: [
      "Hi Mum! I started a new job this week.",
      "I feel a bit tired, the days are long.",
      "What do you remember of what I told you?",
    ],
  },
  {
    persona: {
      name: "Alex",
      description: "An old friend from school who loves climbing and bad puns.",
      relation_type: "friend",
    },
    title: "Catching up with Alex",
    says: [
      "Hey Alex, long time no see!",
      "I want to go climbing in the mountains this summer.",
      "Do you think I am too old for that?",
    ],
  },
];

const colour = (code) => (text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text;
const bold = colour(1);
const dim = colour(2);

/** A failure that one sentence explains. */
class Unhappy extends Error {}

const server = address();
try {
  await main();
} catch (error) {
  if (!(error instanceof Unhappy)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

function address() {
  try {
    const { values } = parseArgs({ options: { url: { type: "string", default: "http://localhost:8000" } } });
    return new URL(values.url).href.replace(/\/+$/, "");
  } catch {
    console.error("Usage: npm run demo -- --url http://localhost:8000");
    process.exit(1);
  }
}

async function main() {
  const email = `demo-${randomBytes(6).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  const { access_token: token } = await call("/auth/register", { body: { email, password } });
  console.log(`Registered as ${bold(email)} at ${server}`);
  for (const talk of TALKS) await converse(talk, token);
  await showStatistics(token);
}

async function converse({ persona, title, says }, token) {
  const { id: persona_id, name, relation_type } = await call("/personas", { token, body: persona });
  const { id } = await call("/chat/conversations", { token, body: { title, persona_id } });
  console.log(`\n${bold(title)} ${dim(`(${name}, ${relation_type})`)}\n`);
  for (const content of says) {
    console.log(`${bold("You:")} ${content}`);
    process.stdout.write(`${bold(`${name}:`)} `);
    await printReply(`/chat/conversations/${id}/send`, { token, body: { content } });
  }
  const history = await call(`/chat/conversations/${id}/messages`, { token });
  console.log(dim(`The history holds ${history.length} messages:`));
  for (const { id, role, status, content } of history) {
    const start = content.length > 60 ? `${content.slice(0, 60)}…` : content;
    console.log(dim(`  ${id}  ${role.padEnd(9)}  ${status}  ${start.replaceAll("\n", " ")}`));
  }
}

/** Writes each piece of the reply as it arrives. */
async function printReply(path, options) {
  const answer = await request(path, { ...options, accept: "text/event-stream" });
  const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events) {
    const body = JSON.parse(data);
    if (event === "delta") process.stdout.write(body.text);
    if (event === "turn.failed") throw new Unhappy(`The reply failed: ${body.detail}`);
    if (event === "turn.completed") {
      const { model_used, tokens_used, response_time_ms } = body.assistant_message;
      console.log(dim(`\n  ${model_used}, ${tokens_used} tokens, ${response_time_ms} ms\n`));
      return;
    }
  }
  throw new Unhappy("The reply ended before it was complete.");
}

async function showStatistics(token) {
  const statistics = await call("/chat/stats", { token });
  console.log(`\n${bold("Statistics")}`);
  for (const name of ["total_conversations", "total_messages", "total_tokens", "estimated_cost_usd"]) {
    console.log(`  ${name.replaceAll("_", " ").padEnd(20)} ${statistics[name]}`);
  }
}

async function call(path, options) {
  const answer = await request(path, options);
  return answer.json();
}

async function request(path, { token, body, accept = "application/json" } = {}) {
  const answer = await fetch(server + path, {
    method: body ? "POST" : "GET",
    headers: {
      accept,
      ...(body && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Unhappy(
      `No server answers at ${server}: start one with npm start, or name another with --url.`,
    );
  });
  if (answer.ok) return answer;
  const { detail } = await answer.json().catch(() => ({}));
  throw new Unhappy(`${path} answered ${answer.status}: ${detail ?? "not in a form that this demo knows"}`);
}
