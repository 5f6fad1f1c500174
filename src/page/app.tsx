import { useEffect } from "preact/hooks";

import { Announcer } from "./parts/announcer";
import { Offline } from "./parts/offline";
import { Rail } from "./parts/rail";
import { route, type Route } from "./route";
import { Home } from "./rooms/home";
import { Mailed } from "./rooms/mailed";
import { NewPersona } from "./rooms/new-persona";
import { Nowhere } from "./rooms/nowhere";
import { PersonaRoom } from "./rooms/persona";
import { Room } from "./rooms/room";
import { Settings } from "./rooms/settings";
import { SignIn } from "./rooms/sign-in";
import { signedIn } from "./session";
import { loadLists, loadUser } from "./store";
import { strings } from "./strings";

export function App() {
  const { name } = route.value;
  return (
    <>
      {name === "reset" || name === "verify" ? <Mailed purpose={name} /> : <Inside />}
      <Offline />
      <Announcer />
    </>
  );
}

function Inside() {
  if (signedIn.value === null) return <Waiting />;
  return signedIn.value ? <House /> : <SignIn />;
}

/** Nothing for a moment, so that nothing flickers; then a word. */
const Waiting = () => <p class="waiting">{strings.value.loading}</p>;

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
    </div>
  );
}

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
    default:
      return <Nowhere />;
  }
}
