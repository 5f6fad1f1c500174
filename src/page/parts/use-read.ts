import { useEffect, useState } from "preact/hooks";

import { toFailure, type Failure } from "../failure";

/** What was read, or why it could not be; read anew when one of `about` is another. What was there stays until then. */
export function useRead<T>(read: () => Promise<T>, about: unknown[] = []) {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    read().then(
      (found) => {
        if (!isCurrent) return;
        setValue(found);
        setFailure(null);
      },
      (error: unknown) => isCurrent && setFailure(toFailure(error)),
    );
    return () => void (isCurrent = false);
  }, [...about, times]);
  return { value, failure, again: () => setTimes(times + 1) };
}
