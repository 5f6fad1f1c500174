import { useEffect, useState } from "preact/hooks";

import type { Failure } from "../failure";
import { strings } from "../strings";
import { until } from "../time";
import { Icon } from "./icon";

type Props = { failure: Failure; onAgain?: (() => void) | undefined; onClose?: (() => void) | undefined };

/** The server's own sentence, and what can be done next. */
export function FailureNotice({ failure, onAgain, onClose }: Props) {
  const { close, resets } = strings.value.errors;
  const { resets_at } = failure.body;
  return (
    <div class="notice alarm" role="alert">
      <p>
        {failure.message} {resets_at && resets(until(resets_at))}
      </p>
      <NextStep failure={failure} onAgain={onAgain} />
      {onClose && (
        <button type="button" class="tool" aria-label={close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function NextStep({ failure, onAgain }: Pick<Props, "failure" | "onAgain">) {
  const { errors } = strings.value;
  switch (failure.code) {
    case "allowance_exceeded":
      return <a href="/usage">{errors.toUsage}</a>;
    case "conversation_full":
      return <a href="/">{errors.newTalk}</a>;
    case "unauthenticated":
      return (
        <button type="button" class="link" onClick={() => location.reload()}>
          {errors.signIn}
        </button>
      );
    default:
      return onAgain ? <AgainButton seconds={failure.retryAfter ?? 0} onAgain={onAgain} /> : null;
  }
}

/** Counts down where the server asked for patience. */
export function AgainButton({
  seconds,
  onAgain,
  label,
}: {
  seconds: number;
  onAgain: () => void;
  label?: string;
}) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const { again, againIn } = strings.value.errors;
  return (
    <button type="button" class="link" disabled={left > 0} onClick={onAgain}>
      {left > 0 ? againIn(left) : (label ?? again)}
    </button>
  );
}
