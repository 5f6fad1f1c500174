import { fork, takeBranch } from "../branching";
import { api } from "../api";
import { excerpt } from "../excerpt";
import { strings } from "../strings/all";
import type { Talk } from "../talk";
import { ago, count } from "../time";
import type { Branch } from "../types";
import { Closing } from "./closing";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Icon } from "./icon";
import { useRead } from "./use-read";

/** Every way the conversation has taken, the newest first. */
export function Branches({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const { branches } = strings.value;
  const { value, failure, again } = useRead(() => api.branches(talk.id));
  const take = (branch: Branch) => {
    onClose();
    if (!branch.is_current) void takeBranch(talk, branch);
  };
  return (
    <Dialog title={branches.title} onClose={onClose}>
      <p>{branches.lead}</p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <ol class="ways">
        {value?.items.map((branch) => (
          <li key={branch.message.id}>
            <Way branch={branch} onTake={() => take(branch)} />
          </li>
        ))}
      </ol>
      {value?.next && <p class="hint">{branches.newest(count(value.items.length))}</p>}
      <Closing words={strings.value.errors.close} onClose={onClose}>
        <button type="button" class="button" onClick={() => void fork(talk, { branches: "all" })}>
          <Icon name="branch" />
          {branches.copyAll}
        </button>
      </Closing>
    </Dialog>
  );
}

const SHOWN_LENGTH = 160;

function Way({ branch, onTake }: { branch: Branch; onTake: () => void }) {
  const { branches } = strings.value;
  const { message, message_count, is_current } = branch;
  return (
    <button type="button" class="way" aria-current={is_current ? "true" : undefined} onClick={onTake}>
      <span class="words">{excerpt(message.content, SHOWN_LENGTH) || branches.empty}</span>
      <small>
        {branches.messages(message_count)} ·{" "}
        <time dateTime={message.created_at}>{ago(message.created_at)}</time>
        {is_current && ` · ${branches.current}`}
      </small>
    </button>
  );
}
