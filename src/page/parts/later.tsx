import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import { Failure } from "../failure";
import { lateWords, strings } from "../strings";
import { FailureNotice } from "./failure-notice";

/** A part whose script is loaded when it is first shown, with its words. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetchIt = () => {
      setFailed(false);
      Promise.all([load(), lateWords()]).then(
        ([part]) => {
          loaded = part;
          redraw((times) => times + 1);
        },
        () => setFailed(true),
      );
    };
    useEffect(() => void (loaded ?? fetchIt()), []);
    if (loaded) {
      const Part = loaded;
      return <Part {...props} />;
    }
    if (failed) return <FailureNotice failure={new Failure(0)} onAgain={fetchIt} />;
    return <p class="waiting">{strings.value.loading}</p>;
  };
}
