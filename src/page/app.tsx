import { useEffect } from "preact/hooks";

import { asked } from "./asked";
import { beside } from "./beside";
import { online } from "./network";
import { reporting } from "./objecting";
import { Announcer } from "./parts/announcer";
import { DropZone } from "./parts/drop-zone";
import { later } from "./parts/later";
import { Offline } from "./parts/offline";
import { Rail } from "./parts/rail";
import { Threshold } from "./parts/threshold";
import { route, type Route } from "./route";
import { Home } from "./rooms/home";
import { Mailed } from "./rooms/mailed";
import { NewPersona } from "./rooms/new-persona";
import { Nowhere } from "./rooms/nowhere";
import { PersonaRoom } from "./rooms/persona";
import { Room } from "./rooms/room";
import { SignIn } from "./rooms/sign-in";
import { isAway, signedIn } from "./session";
import { conversationOf, loadLists, loadUser } from "./store";
import { strings } from "./strings";

// What is not needed to talk comes when it is asked for.
const Settings = later(async () => (await import("./rooms/settings")).Settings);
const Usage = later(async () => (await import("./rooms/usage")).Usage);
const Deleted = later(async () => (await import("./rooms/deleted")).Deleted);
const Asked = later(async () => (await import("./parts/asked")).Asked);
const Reporting = later(async () => (await import("./parts/reporting")).Reporting);
const Memory = later(async () => (await import("./memory/memory")).Memory);
const Inspector = later(async () => (await import("./parts/inspector")).Inspector);

export function App() {
  const { name } = route.value;
  return (
    <>
      {outsideOf(name) ?? <Inside />}
      <Offline />
      <Announcer />
    </>
  );
}

/** What nobody needs to be signed in for. */
function outsideOf(name: Route["name"]) {
  if (name === "reset" || name === "verify") return <Mailed purpose={name} />;
  return name === "deleted" ? <Deleted /> : null;
}

function Inside() {
  if (signedIn.value === null) return <Waiting />;
  return signedIn.value ? <House /> : <SignIn />;
}

/** Nothing for a moment, so that nothing flickers; then a word. */
function Waiting() {
  const { loading, errors } = strings.value;
  if (online.value && !isAway.value) return <p class="waiting">{loading}</p>;
  return (
    <Threshold title={errors.away} lead={errors.awayLead}>
      <p>{errors.kept}</p>
    </Threshold>
  );
}

function House() {
  const { name } = route.value;
  useEffect(() => {
    void loadLists();
    void loadUser();
    // What was done elsewhere shows when one comes back.
    const look = () => document.visibilityState === "visible" && void loadLists();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return (
    <div class="house" data-room={name}>
      <a class="skip" href="#room">
        {strings.value.skip}
      </a>
      <Rail />
      <main id="room" tabIndex={-1}>
        {roomOf(route.value)}
      </main>
      <DropZone />
      {asked.value && <Asked />}
      {reporting.value && <Reporting key={reporting.value.id} message={reporting.value} />}
      <Beside />
    </div>
  );
}

function Beside() {
  const shown = beside.value;
  const { name } = route.value;
  const persona = personaAt(route.value);
  const isElsewhere = shown && "memory" in shown && persona !== undefined && persona !== shown.memory;
  useEffect(() => {
    // What somebody remembers is not shown beside somebody else.
    if (isElsewhere) beside.value = null;
  }, [isElsewhere]);
  if (!shown || isElsewhere || (name !== "room" && name !== "persona")) return null;
  if ("memory" in shown) return <Memory key={shown.memory} personaId={shown.memory} />;
  return name === "room" ? <Inspector key={shown.reply.id} message={shown.reply} /> : null;
}

/** Whose room it is, where that is known. */
const personaAt = (route: Route): number | undefined =>
  route.name === "persona"
    ? route.id
    : route.name === "room"
      ? conversationOf(route.id)?.persona_id
      : undefined;

/** One file a room; a route's name is in `route.ts`. */
function roomOf(route: Route) {
  switch (route.name) {
    case "home":
      return <Home />;
    case "new":
      return <NewPersona />;
    case "room":
      return <Room key={route.id} id={route.id} />;
    case "persona":
      return <PersonaRoom key={route.id} id={route.id} />;
    case "settings":
      return <Settings />;
    case "usage":
      return <Usage />;
    default:
      return <Nowhere />;
  }
}
