import "@fontsource-variable/figtree/wght.css";
import "@fontsource-variable/newsreader/wght-italic.css";
import "@fontsource-variable/newsreader/wght.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/house.css";
import "./style/rooms.css";
import "./style/talk.css";
import "./style/side.css";
import "./style/memory.css";
import "./style/owning.css";

import { render } from "preact";

import { App } from "./app";
import { resume } from "./session";
import { installShell } from "./shell";
import { words } from "./strings";

const root = document.getElementById("app");
void words.then(() => root && render(<App />, root));
void resume();
installShell();
