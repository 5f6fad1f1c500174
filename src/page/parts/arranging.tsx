import { useId, useState } from "preact/hooks";

import { makeTag, removeTag, renameTag } from "../arranging";
import { change } from "../keeping";
import { tags } from "../store";
import { strings } from "../strings/all";
import type { Conversation, Tag } from "../types";
import { Closing } from "./closing";
import { Dialog } from "./dialog";
import { FailureNotice } from "./failure-notice";
import { Field } from "./field";
import { Icon } from "./icon";
import { useTask } from "./use-task";

type Props = { conversation: Conversation; onClose: () => void };

/** In which folder a conversation lies, and which tags it has. */
export function Arranging({ conversation, onClose }: Props) {
  const { arranging, errors } = strings.value;
  const { id, folder_id, tag_ids } = conversation;
  const { failure, run } = useTask();
  const of = (kind: Tag["kind"]) => tags.value.filter((tag) => tag.kind === kind);
  const lie = (event: Event, folder: number | null) =>
    void run(event, () => change(id, { folder_id: folder }));
  const mark = (tag: number, on: boolean) =>
    change(id, { tag_ids: on ? [...tag_ids, tag] : tag_ids.filter((one) => one !== tag) });
  return (
    <Dialog title={arranging.title} onClose={onClose}>
      {failure && <FailureNotice failure={failure} />}
      <Folders folders={of("folder")} chosen={folder_id} onChoose={lie} />
      <NewOne kind="folder" onMade={(made) => change(id, { folder_id: made.id })} />
      <fieldset class="choice">
        <legend>{arranging.tags}</legend>
        {of("tag").map((tag) => (
          <label key={tag.id}>
            <input
              type="checkbox"
              checked={tag_ids.includes(tag.id)}
              onChange={(event) => void run(event, () => mark(tag.id, !tag_ids.includes(tag.id)))}
            />
            <span>{tag.name}</span>
          </label>
        ))}
      </fieldset>
      <NewOne kind="tag" onMade={(made) => (tag_ids.includes(made.id) ? null : mark(made.id, true))} />
      {tags.value.length > 0 && <Names />}
      <Closing words={errors.close} onClose={onClose} />
    </Dialog>
  );
}

type FoldersProps = {
  folders: Tag[];
  chosen: number | null;
  onChoose: (event: Event, id: number | null) => void;
};

function Folders({ folders, chosen, onChoose }: FoldersProps) {
  const { arranging } = strings.value;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{arranging.folder}</label>
      <select
        id={id}
        value={chosen ?? ""}
        onChange={(event) => onChoose(event, Number(event.currentTarget.value) || null)}
      >
        <option value="">{arranging.noFolder}</option>
        {folders.map((folder) => (
          <option key={folder.id} value={folder.id}>
            {folder.name}
          </option>
        ))}
      </select>
    </div>
  );
}

type NewProps = { kind: Tag["kind"]; onMade: (made: Tag) => Promise<unknown> | null };

/** Makes a tag or a folder, and puts the conversation there. */
function NewOne({ kind, onMade }: NewProps) {
  const { arranging } = strings.value;
  const [name, setName] = useState("");
  const { busy, failure, run } = useTask();
  const make = async () => {
    await onMade(await makeTag(name.trim(), kind));
    setName("");
  };
  return (
    <form class="in-line" onSubmit={(event) => void run(event, make)}>
      <Field label={arranging.names[kind]} maxLength={60} autocomplete="off" value={name} onValue={setName} />
      <button type="submit" class="button" disabled={busy || name.trim() === ""}>
        {arranging.add}
      </button>
      {failure && <FailureNotice failure={failure} />}
    </form>
  );
}

/** All tags and folders, to be renamed and deleted. */
const Names = () => (
  <details>
    <summary>{strings.value.arranging.all}</summary>
    <ul class="rows">
      {tags.value.map((tag) => (
        <Name key={tag.id} tag={tag} />
      ))}
    </ul>
  </details>
);

function Name({ tag }: { tag: Tag }) {
  const { arranging, persona } = strings.value;
  const [name, setName] = useState(tag.name);
  const { busy, failure, run } = useTask();
  return (
    <li>
      <form class="in-line" onSubmit={(event) => void run(event, () => renameTag(tag.id, name.trim()))}>
        <Field
          label={arranging.nameOf(tag.name)}
          required
          maxLength={60}
          autocomplete="off"
          value={name}
          onValue={setName}
        />
        <button
          type="submit"
          class="button"
          disabled={busy || name.trim() === tag.name || name.trim() === ""}
        >
          {persona.save}
        </button>
        <button
          type="button"
          class="tool"
          aria-label={arranging.remove(tag.name)}
          title={arranging.remove(tag.name)}
          disabled={busy}
          onClick={(event) => void run(event, () => removeTag(tag.id))}
        >
          <Icon name="trash" />
        </button>
        {failure && <FailureNotice failure={failure} />}
      </form>
    </li>
  );
}
