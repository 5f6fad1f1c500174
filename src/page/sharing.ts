import { json } from "./api";
import type { Share } from "./types";

export type LinkOrder = { title?: string; message_id?: number; show_persona: boolean };

/** Links by which anybody may read a branch as it was. Each throws a `Failure`. */
export const sharing = {
  links: () => json<Share[]>("/chat/shares"),
  make: (id: number, order: LinkOrder) => json<Share>(`/chat/conversations/${id}/shares`, { body: order }),
  revoke: (id: number) => json(`/chat/shares/${id}`, { method: "DELETE" }),
};
