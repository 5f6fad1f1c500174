import { online } from "../network";
import { strings } from "../strings";
import { Icon } from "./icon";

/** Says that there is no network, and that nothing is lost by it. */
export const Offline = () => (
  <div role="status">
    {!online.value && (
      <p class="offline">
        <Icon name="cloud" />
        {strings.value.errors.offline}
      </p>
    )}
  </div>
);
