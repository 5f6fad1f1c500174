import { api } from "../api";
import { asked } from "../asked";
import { knownConversation } from "../keeping";
import { goHome, route } from "../route";
import { dropConversation } from "../store";
import { strings } from "../strings/all";
import type { Conversation } from "../types";
import { Arranging } from "./arranging";
import { Confirm } from "./dialog";
import { Rename } from "./rename";
import { Sharing } from "./sharing";
import { Taking } from "./taking";
import "../style/said.css";

const close = () => {
  asked.value = null;
};

/** The dialogs about a conversation. */
export function Asked() {
  const { what, id, messageId } = asked.value ?? {};
  const conversation = id === undefined ? undefined : knownConversation(id);
  if (!conversation) return null;
  switch (what) {
    case "rename":
      return <Rename conversation={conversation} onClose={close} />;
    case "arrange":
      return <Arranging conversation={conversation} onClose={close} />;
    case "share":
      return <Sharing conversation={conversation} messageId={messageId} onClose={close} />;
    case "take":
      return <Taking what="conversation" id={conversation.id} onClose={close} />;
    default:
      return <Remove conversation={conversation} />;
  }
}

function Remove({ conversation: { id } }: { conversation: Conversation }) {
  const { room } = strings.value;
  const remove = async () => {
    await api.deleteConversation(id);
    dropConversation(id);
    if (route.value.name === "room" && route.value.id === id) goHome();
  };
  return <Confirm title={room.removeTitle} text={room.removeText} onClose={close} onYes={remove} />;
}
