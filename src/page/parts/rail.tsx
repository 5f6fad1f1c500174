import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { isWriting } from "../talk";
import { chooseTheme, theme, type Theme } from "../preferences";
import { route } from "../route";
import { signOut } from "../session";
import { conversations, failure, loadLists, loadOlder, older, personaOf } from "../store";
import { strings } from "../strings";
import { ago, dayGroup, moment } from "../time";
import type { Conversation } from "../types";
import { Avatar } from "./avatar";
import { FailureNotice } from "./failure-notice";
import { Icon, type IconName } from "./icon";
import { later } from "./later";
import { useSeen } from "./use-seen";

// What was said is searched by whoever has typed something.
const Findings = later(async () => (await import("./findings")).Findings);

/** The list of conversations beside every room; on a phone it is the lower half of home. */
export function Rail() {
  const { rail, app } = strings.value;
  return (
    <nav class="rail" aria-label={rail.label}>
      <header>
        <a class="name" href="/">
          {app}
        </a>
        <a class="tool" href="/new" aria-label={rail.newPersona} title={rail.newPersona}>
          <Icon name="plus" />
        </a>
      </header>
      <Finder />
      <footer>
        <ThemeButton />
        <a class="tool" href="/usage" aria-label={rail.usage} title={rail.usage}>
          <Icon name="chart" />
        </a>
        <a class="tool" href="/settings" aria-label={rail.settings} title={rail.settings}>
          <Icon name="cog" />
        </a>
        <button
          type="button"
          class="tool"
          aria-label={rail.signOut}
          title={rail.signOut}
          onClick={() => void signOut()}
        >
          <Icon name="out" />
        </button>
      </footer>
    </nav>
  );
}

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Every word of the search must be in the title or in the persona's name. */
function matches({ title, persona_id }: Conversation, words: string[]): boolean {
  const text = plain(`${title} ${personaOf(persona_id)?.name ?? ""}`);
  return words.every((word) => text.includes(word));
}

function Finder() {
  const { rail } = strings.value;
  const search = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  const found = (conversations.value ?? []).filter((one) => matches(one, words));
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", jump);
    return () => document.removeEventListener("keydown", jump);
  }, []);
  useEffect(() => {
    // A title may be on a page that was not read yet.
    if (search.value) void loadOlder({ all: true });
  }, [search.value]);
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
      </div>
      <div class="talks" tabIndex={-1} ref={list} onKeyDown={onKeyDown}>
        <Groups list={found} />
        <RailEnd search={search.value} isEmpty={found.length === 0} />
        {words.length > 0 && <Findings words={search.value.trim()} />}
      </div>
      <p class="unseen" role="status">
        {search.value && rail.found(found.length)}
      </p>
    </>
  );
}

/** Moves the focus along; false at the ends. */
function walk(stops: (HTMLElement | null)[], step: number): boolean {
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  next?.focus();
  return next != null;
}

function Groups({ list }: { list: Conversation[] }) {
  const groups = Map.groupBy(list, ({ updated_at }) => dayGroup(updated_at));
  return (
    <>
      {[...groups].map(([name, some]) => (
        <section key={name}>
          <h2>{name}</h2>
          <ul>
            {some.map((one) => (
              <Row key={one.id} conversation={one} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Row({ conversation: { id, title, persona_id, updated_at } }: { conversation: Conversation }) {
  const persona = personaOf(persona_id);
  const here = route.value.name === "room" && route.value.id === id;
  return (
    <li>
      <a class="row" href={`/c/${id}`} aria-current={here ? "page" : undefined}>
        {persona && <Avatar persona={persona} size="medium" />}
        <span class="what">
          <span class="title">{title}</span>
          <time dateTime={updated_at} title={moment(updated_at)}>
            {ago(updated_at)}
          </time>
          <span class="who">{isWriting(id) ? strings.value.rail.writing : persona?.name}</span>
        </span>
      </a>
    </li>
  );
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
  return <p class="hint">{search ? rail.noMatch(search) : rail.none}</p>;
}

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS: Record<Theme, IconName> = { system: "auto", light: "sun", dark: "moon" };

function ThemeButton() {
  const label = strings.value.rail.theme[theme.value];
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      onClick={() => chooseTheme(NEXT[theme.value])}
    >
      <Icon name={ICONS[theme.value]} />
    </button>
  );
}
