import { strings } from "../strings";
import { CopyButton } from "./copy-button";

export const CodeBlock = ({ text, language }: { text: string; language?: string | undefined }) => (
  <figure class="code">
    <figcaption>
      <span>{language}</span>
      <CopyButton text={text} label={strings.value.room.code} />
    </figcaption>
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  </figure>
);
