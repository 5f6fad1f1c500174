import { useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";

/** Does something once at a time, and keeps what went wrong. */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (event: Event, task: () => Promise<unknown>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    await task().catch((error: unknown) => setFailure(toFailure(error)));
    setBusy(false);
  };
  return { busy, failure, run };
}
