import { useState } from "preact/hooks";

import { saveFrom } from "../saving";
import { strings } from "../strings/all";
import { announce } from "./announcer";
import { Closing } from "./closing";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { useTask } from "./use-task";

type Props = { what: "persona" | "conversation"; id: number; onClose: () => void };

/** Formats are called the same in every language. */
const NAMES: Record<string, string> = {
  png: "PNG",
  json: "JSON",
  charx: "CHARX",
  jsonl: "JSON Lines",
  markdown: "Markdown",
  sillytavern: "SillyTavern",
  chatgpt: "ChatGPT",
};

const PATHS = { persona: "/personas", conversation: "/chat/conversations" };

/** A persona or a conversation as a file, in the format that is wanted. */
export function Taking({ what, id, onClose }: Props) {
  const { taking, errors } = strings.value;
  const [wanted, setWanted] = useState("");
  const { busy, failure, run } = useTask();
  const take = (event: Event, format: string) => {
    setWanted(format);
    void run(event, async () => {
      await saveFrom(`${PATHS[what]}/${id}/export?format=${format}`);
      announce(taking.saved(NAMES[format] ?? format));
    });
  };
  return (
    <Dialog title={taking.titles[what]} onClose={onClose}>
      <ul class="ways">
        {Object.entries(taking[what]).map(([format, line]) => (
          <li key={format}>
            <button
              type="button"
              class="way"
              disabled={busy}
              aria-busy={busy && wanted === format}
              onClick={(event) => take(event, format)}
            >
              <span class="words">{NAMES[format]}</span>
              <small>{line}</small>
            </button>
          </li>
        ))}
      </ul>
      {failure && <FailureNotice failure={failure} />}
      <Closing words={errors.close} onClose={onClose} />
    </Dialog>
  );
}
