import { json } from "./api";
import { filter, shownTag } from "./filter";
import { loadLists, tags, tell } from "./store";
import type { Tag } from "./types";

/** A tag or a folder; one that has this name already is that one. @throws Failure */
export async function makeTag(name: string, kind: Tag["kind"]): Promise<Tag> {
  const made = await json<Tag>("/chat/tags", { body: { name, kind } });
  put(made);
  return made;
}

/** @throws Failure */
export async function renameTag(id: number, name: string): Promise<void> {
  put(await json<Tag>(`/chat/tags/${id}`, { method: "PUT", body: { name } }));
}

/** The conversations in it stay. @throws Failure */
export async function removeTag(id: number): Promise<void> {
  await json(`/chat/tags/${id}`, { method: "DELETE" });
  if (shownTag.value?.id === id) filter.value = null;
  await loadLists();
  tell({ lists: true });
}

function put(changed: Tag): void {
  const known = tags.value.some(({ id }) => id === changed.id);
  tags.value = known
    ? tags.value.map((one) => (one.id === changed.id ? changed : one))
    : [...tags.value, changed];
  tell({ lists: true });
}
