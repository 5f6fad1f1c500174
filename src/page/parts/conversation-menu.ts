import { ask } from "../asked";
import { changeSoon } from "../keeping";
import { strings } from "../strings";
import type { Conversation } from "../types";
import type { MenuItem } from "./menu";

/** What can be done to a conversation, from the list as from its room. What puts it elsewhere can be undone, and is not asked. */
export function conversationItems({ id, pinned, is_active, expires_at }: Conversation): MenuItem[] {
  const { room } = strings.value;
  const does = (changes: Parameters<typeof changeSoon>[1]) => () => void changeSoon(id, changes);
  const items: MenuItem[] = [
    { icon: "pin", label: pinned ? room.unpin : room.pin, onSelect: does({ pinned: !pinned }) },
    { icon: "pencil", label: room.rename, onSelect: () => ask("rename", id) },
    { icon: "folder", label: room.arrange, onSelect: () => ask("arrange", id) },
    { icon: "share", label: room.share, onSelect: () => ask("share", id) },
    { icon: "take", label: room.take, onSelect: () => ask("take", id) },
    {
      icon: "archive",
      label: is_active ? room.archive : room.unarchive,
      onSelect: does({ is_active: !is_active }),
    },
    { icon: "trash", label: room.remove, onSelect: () => ask("remove", id), alarm: true },
  ];
  if (expires_at) items.unshift({ icon: "clock", label: room.keep, onSelect: does({ temporary: false }) });
  return items;
}
