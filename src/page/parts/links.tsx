import { sharing } from "../sharing";
import { strings } from "../strings/all";
import { ago } from "../time";
import type { Share } from "../types";
import { CopyButton } from "./copy-button";
import { FailureNotice } from "./failure-notice";
import { useTask } from "./use-task";
import "../style/said.css";

type Props = { links: Share[]; onChange: () => void };

/** Links that were made, the newest first: each can be copied, looked at, and revoked. */
export const Links = ({ links, onChange }: Props) => (
  <ul class="rows">
    {links.toReversed().map((link) => (
      <Link key={link.id} link={link} onChange={onChange} />
    ))}
  </ul>
);

function Link({ link, onChange }: { link: Share; onChange: () => void }) {
  const { share, bringing } = strings.value;
  const { busy, failure, run } = useTask();
  const address = new URL(link.path, location.origin).href;
  const name = link.title ?? bringing.untitled;
  const revoke = async () => {
    await sharing.revoke(link.id);
    onChange();
  };
  return (
    <li>
      <p>
        <strong>{name}</strong>
        <small>
          {bringing.messages(link.message_count)} · {ago(link.created_at)}
        </small>
      </p>
      <button
        type="button"
        class="button"
        disabled={busy}
        aria-label={share.revokeOf(name)}
        onClick={(event) => void run(event, revoke)}
      >
        {share.revoke}
      </button>
      <div class="secret">
        <a href={link.path} target="_blank" rel="noopener">
          <code>{address}</code>
        </a>
        <CopyButton text={address} label={share.copy} />
      </div>
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}
