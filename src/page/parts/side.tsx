import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { beside, closeBeside } from "../beside";
import { strings } from "../strings";
import { hued } from "./avatar";
import { Dialog } from "./dialog";
import { Icon } from "./icon";

const query = matchMedia("(max-width: 1000px)");
const isNarrow = signal(query.matches);
query.addEventListener("change", () => (isNarrow.value = query.matches));

type Props = { title: string; personaId: number; children: ComponentChildren };

/** Stands beside the room, in the light of its persona; or is a sheet over it, where there is no room beside. */
export function Side({ title, personaId, children }: Props) {
  return (
    <div {...hued(personaId)} class="hued beside">
      {isNarrow.value ? <Sheet title={title}>{children}</Sheet> : <Panel title={title}>{children}</Panel>}
    </div>
  );
}

type PartProps = Omit<Props, "personaId">;

function Panel({ title, children }: PartProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeBeside();
  };
  return (
    <aside class="side" aria-label={title} onKeyDown={onKeyDown}>
      <header>
        <h2 tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <CloseButton />
      </header>
      {children}
    </aside>
  );
}

function Sheet({ title, children }: PartProps) {
  return (
    <Dialog title={title} onClose={closeBeside}>
      <div class="side">
        <CloseButton />
        {children}
      </div>
    </Dialog>
  );
}

const CloseButton = () => (
  <button type="button" class="tool close" aria-label={strings.value.errors.close} onClick={closeBeside}>
    <Icon name="close" />
  </button>
);

/** Whoever follows a link out of a sheet sees where it leads. */
export const leaveSheet = (): void => {
  if (isNarrow.peek()) beside.value = null;
};
