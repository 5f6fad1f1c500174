import { excerpt } from "../excerpt";
import { strings } from "../strings";
import { days } from "../time";
import type { Recalled } from "../types";
import { leaveSheet } from "./side";

const SHOWN_LENGTH = 400;

/** What was said once, and when; it leads to where it was said. `name`: the persona's. */
export function Recollection({ message, name }: { message: Recalled; name: string }) {
  const { id, role, content, created_at, conversation_id } = message;
  return (
    <a class="recollection" href={`/c/${conversation_id}#m${id}`} onClick={leaveSheet}>
      <small>
        <time dateTime={created_at}>{days(created_at)}</time> ·{" "}
        {role === "user" ? strings.value.room.you : name}
      </small>
      <span>{excerpt(content, SHOWN_LENGTH)}</span>
    </a>
  );
}
