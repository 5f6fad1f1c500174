import { computed, signal } from "@preact/signals";

import { tags } from "./store";
import type { Conversation, Tag } from "./types";

/** Which conversations the list shows: (null) those that are not archived, those that are, or those in a folder or with a tag. */
export const filter = signal<"archived" | { tag: number } | null>(null);

/** The folder or tag that is shown. */
export const shownTag = computed<Tag | undefined>(() => {
  const { value } = filter;
  return typeof value === "object" ? tags.value.find(({ id }) => id === value?.tag) : undefined;
});

export function matchesFilter({ is_active, folder_id, tag_ids }: Conversation): boolean {
  const { value } = filter;
  if (value === null) return is_active;
  return value === "archived" ? !is_active : folder_id === value.tag || tag_ids.includes(value.tag);
}
