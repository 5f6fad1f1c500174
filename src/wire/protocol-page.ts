import type { Protocol } from "../safety/protocol";
import type { Resource } from "../safety/resources";

/** The published protocol with what was counted, as its JSON has it. */
export type PublishedProtocol = Protocol & {
  processors: string[];
  referrals: { year: number; count: number }[];
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${escaped(text)}</p>`).join("\n");
const list = (items: string[]) => `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;

const byLanguage = (texts: Record<string, string>) =>
  list(
    Object.entries(texts).map(([locale, text]) => `<span lang="${escaped(locale)}">${escaped(text)}</span>`),
  );

function line({ name, tel, sms, chat_url: chat, url, hours }: Resource): string {
  const call = tel && `<a href="tel:${escaped(tel.replaceAll(" ", ""))}">${escaped(tel)}</a>`;
  const text = sms && `text ${escaped(sms)}`;
  const talk = chat && `<a href="${escaped(chat)}">chat</a>`;
  const ways = [call, text, talk].filter(Boolean).join(", ");
  return `<a href="${escaped(url)}">${escaped(name)}</a>${ways && `: ${ways}`} (${escaped(hours)})`;
}

const region = ({ region: name, resources }: { region: string; resources: Resource[] }) =>
  `<h3>${escaped(name)}</h3>\n${list(resources.map(line))}`;

/** The protocol as a page to read: no script, no style of its own, nothing from elsewhere. */
export function protocolPage(protocol: PublishedProtocol): string {
  const { detection, response, minors, complaints, kept, notices, resources, referrals } = protocol;
  const off = protocol.active
    ? ""
    : `<p><strong>This is switched off on this server: ${escaped(protocol.inactive_reason ?? "")}</strong></p>`;
  const operator = protocol.operator_url
    ? `<p><a href="${escaped(protocol.operator_url)}">Who runs this server</a></p>`
    : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Safety protocol</title>
</head>
<body>
<main>
<h1>Safety protocol</h1>
${off}${operator}
<p>Personas are made by an AI. They are no humans, feel nothing and are no therapy.</p>
${byLanguage(notices.ai_disclosure)}
<h2>For minors</h2>
${byLanguage(notices.minors_suitability)}
${paragraphs(minors)}
<h2>How a danger is noticed</h2>
${paragraphs(detection.methods)}
<p>Version: ${escaped(detection.version)}</p>
<h2>What happens then</h2>
${paragraphs(response)}
<h2>Reports and appeals</h2>
${paragraphs(complaints)}
<h2>What is kept, and who reads it</h2>
${paragraphs([...kept, ...protocol.processors])}
<h2>How often</h2>
${list(referrals.map(({ year, count }) => `${year}: users were referred to help ${count} times.`))}
<h2>Where to turn to</h2>
<p>Checked on <time>${escaped(resources.checked_on)}</time>.</p>
${list(resources.everywhere.map(line))}
${resources.regions.map(region).join("\n")}
</main>
</body>
</html>
`;
}
