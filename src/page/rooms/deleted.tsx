import { useEffect, useState } from "preact/hooks";

import { account } from "../account";
import { isPassing, toFailure, type Failure } from "../failure";
import { CopyButton } from "../parts/copy-button";
import { FailureNotice } from "../parts/failure-notice";
import { Threshold } from "../parts/threshold";
import { strings } from "../strings/all";
import { ago, count } from "../time";
import type { Deletion } from "../types";

const OFTEN_MS = 1500;
const SELDOM_MS = 30_000;

/** Asks how far a deletion is until it is complete, ever more seldom. */
function useDeletion(receipt: string) {
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = async (pause: number) => {
      const found = await account.deletion(receipt).catch((error: unknown) => toFailure(error));
      if (left) return;
      const failed = found instanceof Error;
      setFailure(failed ? found : null);
      if (!failed) setDeletion(found);
      if (failed ? isPassing(found) : found.state === "running")
        timer = setTimeout(() => void ask(Math.min(pause * 1.5, SELDOM_MS)), pause);
    };
    if (receipt) void ask(OFTEN_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [receipt]);
  return { deletion, failure };
}

/** What is left of an account: `/deleted#{receipt}`, followed until nothing is. */
export function Deleted() {
  const { leaving } = strings.value;
  const receipt = location.hash.slice(1);
  const { deletion, failure } = useDeletion(receipt);
  useEffect(() => {
    document.title = leaving.goneTitle;
  }, [leaving]);
  return (
    <Threshold
      title={receipt ? leaving.goneTitle : strings.value.nowhere.title}
      lead={receipt ? leaving.goneLead : leaving.noReceipt}
    >
      {failure && <FailureNotice failure={failure} />}
      {receipt && <Receipt receipt={receipt} />}
      {deletion && <HowFar deletion={deletion} />}
      <a class="link" href="/">
        {leaving.home}
      </a>
    </Threshold>
  );
}

function Receipt({ receipt }: { receipt: string }) {
  const { leaving } = strings.value;
  return (
    <div>
      <h2>{leaving.receipt}</h2>
      <div class="secret">
        <code>{receipt}</code>
        <CopyButton text={receipt} label={leaving.copyReceipt} />
      </div>
      <p class="hint">{leaving.receiptHint}</p>
    </div>
  );
}

type Kind = keyof Deletion["deleted"];
const KINDS: readonly Kind[] = [
  "personas",
  "conversations",
  "messages",
  "usage_events",
  "sessions",
  "api_keys",
];

function HowFar({ deletion }: { deletion: Deletion }) {
  const { leaving } = strings.value;
  const { state, deleted, left, completed_at, requested_at, unreached_conversations: unreached } = deletion;
  const leftOf = (kind: Kind): number => (kind in left ? left[kind as keyof typeof left] : 0);
  return (
    <>
      <p role="status">
        <strong>{state === "complete" ? leaving.complete : leaving.running}</strong>{" "}
        {completed_at ? leaving.completed(ago(completed_at)) : leaving.requested(ago(requested_at))}
      </p>
      <table class="belongings">
        <caption class="unseen">{leaving.what}</caption>
        <tbody>
          {KINDS.filter((kind) => deleted[kind] > 0).map((kind) => (
            <tr key={kind}>
              <th scope="row">{leaving.belongings[kind]}</th>
              <td>{count(deleted[kind])}</td>
              <td>{leftOf(kind) > 0 ? leaving.left(count(leftOf(kind))) : leaving.erased}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unreached > 0 && <p class="hint">{leaving.unreached(unreached)}</p>}
    </>
  );
}
