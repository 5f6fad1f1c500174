import { useEffect, useState } from "preact/hooks";

import { bring, brought } from "../brought";
import { strings } from "../strings";
import { Icon } from "./icon";
import { later } from "./later";

const Bringing = later(async () => (await import("./bringing")).Bringing);

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

/** Takes files that are dropped anywhere on the page. */
export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Only what leaves the window goes nowhere else.
    const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      bring(event.dataTransfer?.files ?? []);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragover", enter);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragover", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return (
    <>
      {over && (
        <div class="drop" aria-hidden="true">
          <p>
            <Icon name="down" />
            {strings.value.home.drop}
          </p>
        </div>
      )}
      {brought.value && <Bringing />}
    </>
  );
}
