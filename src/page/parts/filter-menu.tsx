import { filter, shownTag } from "../filter";
import { tags } from "../store";
import { strings } from "../strings";
import { Icon } from "./icon";
import { Menu, type MenuItem } from "./menu";

/** Chooses which conversations the list shows. */
export function FilterMenu() {
  const { rail } = strings.value;
  const items = (): MenuItem[] => [
    { icon: "check", label: rail.all, onSelect: () => (filter.value = null) },
    { icon: "archive", label: rail.archived, onSelect: () => (filter.value = "archived") },
    ...tags.value.map(({ id, kind, name }): MenuItem => ({
      icon: kind,
      label: name,
      onSelect: () => (filter.value = { tag: id }),
    })),
  ];
  return (
    <Menu label={rail.filter} items={items}>
      <Icon name="filter" />
    </Menu>
  );
}

/** Says what the list is narrowed to, and takes it back. */
export function Filtered() {
  const { rail } = strings.value;
  if (filter.value === null) return null;
  return (
    <button type="button" class="filtered" title={rail.all} onClick={() => (filter.value = null)}>
      <Icon name={filter.value === "archived" ? "archive" : (shownTag.value?.kind ?? "tag")} />
      <span>{filter.value === "archived" ? rail.archived : shownTag.value?.name}</span>
      <span class="unseen">{rail.all}</span>
      <Icon name="close" />
    </button>
  );
}
