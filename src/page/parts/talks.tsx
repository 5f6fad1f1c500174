import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { filter, matchesFilter } from "../filter";
import { goHome, route } from "../route";
import { conversations, failure, loadLists, loadOlder, older, personaOf, pinned, tags } from "../store";
import { strings } from "../strings";
import { isWriting } from "../talk";
import { ago, dayGroup, moment } from "../time";
import type { Conversation } from "../types";
import { Avatar } from "./avatar";
import { conversationItems } from "./conversation-menu";
import { FailureNotice } from "./failure-notice";
import { FilterMenu, Filtered } from "./filter-menu";
import { Icon } from "./icon";
import { later } from "./later";
import { Menu } from "./menu";
import { useNear } from "./use-near";
import { useSeen } from "./use-seen";

// What was said is searched by whoever has typed something.
const Findings = later(async () => (await import("./findings")).Findings);

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Every word of the search must be in the title or in the persona's name. */
function matches({ title, persona_id }: Conversation, words: string[]): boolean {
  const text = plain(`${title} ${personaOf(persona_id)?.name ?? ""}`);
  return words.every((word) => text.includes(word));
}

/** The conversations, and what is looked for in them. */
export function Talks() {
  const { rail } = strings.value;
  const search = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  // Whoever looks for a word looks everywhere, archived or not.
  const isShown = (one: Conversation) => (words.length > 0 ? matches(one, words) : matchesFilter(one));
  const found = (conversations.value ?? []).filter(isShown);
  const above = words.length === 0 ? pinned.value.filter(isShown) : [];
  const isWanted = useRef(false);
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      input.current?.focus();
      isWanted.current = document.activeElement !== input.current;
      // Where there is no room for the list beside a room, it is at home.
      if (isWanted.current) goHome();
    };
    document.addEventListener("keydown", jump);
    return () => document.removeEventListener("keydown", jump);
  }, []);
  useEffect(() => {
    if (isWanted.current) input.current?.focus();
    isWanted.current = false;
  }, [route.value]);
  useEffect(() => {
    // A conversation may be on a page that was not read yet.
    if (search.value || filter.value !== null) void loadOlder({ all: true });
  }, [search.value, filter.value]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input.current, ...(list.current?.querySelectorAll("a") ?? [])];
    if (step && walk(stops, step)) event.preventDefault();
    if (event.key !== "Escape" || !search.value) return;
    event.stopPropagation();
    if (document.activeElement === input.current) search.value = "";
    input.current?.focus();
  };
  return (
    <>
      <div class="search">
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          placeholder={rail.search}
          aria-label={rail.search}
          aria-keyshortcuts="Control+K Meta+K"
          value={search.value}
          onInput={(event) => (search.value = event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <FilterMenu />
      </div>
      <Filtered />
      <div class="talks" tabIndex={-1} ref={list} onKeyDown={onKeyDown}>
        {above.length > 0 && <Group name={rail.pinned} list={above} />}
        <Groups list={above.length > 0 ? found.filter((one) => !one.pinned) : found} />
        <RailEnd search={search.value} isEmpty={found.length === 0 && above.length === 0} />
        {words.length > 0 && <Findings words={search.value.trim()} />}
      </div>
      <p class="unseen" role="status">
        {search.value && rail.found(found.length)}
      </p>
    </>
  );
}

/** Moves the focus along; false at the ends, and where it is on none of them. */
function walk(stops: (HTMLElement | null)[], step: number): boolean {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? undefined : stops[at + step];
  next?.focus();
  return next != null;
}

/** As many rows as one stretch holds, and as high as one is. Pixels. */
const STRETCH = 20;
const ROW_HEIGHT = 58;

function Groups({ list }: { list: Conversation[] }) {
  const groups = [...Map.groupBy(list, ({ updated_at }) => dayGroup(updated_at))];
  return groups.map(([name, some]) => <Group key={name} name={name} list={some} />);
}

const Group = ({ name, list }: { name: string; list: Conversation[] }) => (
  <section>
    <h2>{name}</h2>
    {Array.from({ length: Math.ceil(list.length / STRETCH) }, (_, i) => (
      <Rows key={i} list={list.slice(i * STRETCH, (i + 1) * STRETCH)} />
    ))}
  </section>
);

/** Some conversations, drawn where one is near them: a thousand rows would keep whoever opens the page waiting. */
function Rows({ list }: { list: Conversation[] }) {
  const { element, isNear, height } = useNear<HTMLUListElement>();
  const room = height ?? list.length * ROW_HEIGHT;
  return (
    <ul ref={element} style={{ height: isNear ? "" : `${room}px` }}>
      {isNear && list.map((one) => <Row key={one.id} conversation={one} />)}
    </ul>
  );
}

function Row({ conversation }: { conversation: Conversation }) {
  const { rail } = strings.value;
  const { id, title, persona_id, updated_at, pinned: isPinned, expires_at } = conversation;
  const persona = personaOf(persona_id);
  const here = route.value.name === "room" && route.value.id === id;
  return (
    <li class="talk">
      <a class="row" href={`/c/${id}`} aria-current={here ? "page" : undefined}>
        {persona && <Avatar persona={persona} size="medium" />}
        <span class="what">
          <span class="title">{title}</span>
          <time dateTime={updated_at} title={moment(updated_at)}>
            {ago(updated_at)}
          </time>
          <span class="who">
            {isPinned && <Icon name="pin" />}
            {expires_at && <Icon name="clock" />}
            {isWriting(id) ? rail.writing : placeOf(conversation, persona?.name)}
          </span>
        </span>
      </a>
      <Menu label={rail.actions(title)} items={() => conversationItems(conversation)} />
    </li>
  );
}

/** With whom, in which folder, with which tags. */
function placeOf({ folder_id, tag_ids }: Conversation, name = ""): string {
  const nameOf = (id: number) => tags.value.find((tag) => tag.id === id)?.name;
  const folder = folder_id === null ? undefined : nameOf(folder_id);
  const marks = tag_ids.map(nameOf).filter((one) => one !== undefined);
  return [name, ...(folder ? [folder] : []), ...marks.map((mark) => `#${mark}`)].join(" · ");
}

/** What comes after the rows: older ones when they come into sight, or a word about there being none. */
function RailEnd({ search, isEmpty }: { search: string; isEmpty: boolean }) {
  const { rail } = strings.value;
  const end = useSeen(() => void loadOlder());
  if (failure.value) return <FailureNotice failure={failure.value} onAgain={() => void loadLists()} />;
  if (older.value !== null) {
    return (
      <button type="button" class="link" ref={end} onClick={() => void loadOlder()}>
        {rail.more}
      </button>
    );
  }
  if (!isEmpty || conversations.value === null) return null;
  if (search) return <p class="hint">{rail.noMatch(search)}</p>;
  return <p class="hint">{filter.value === null ? rail.none : rail.noneHere}</p>;
}
