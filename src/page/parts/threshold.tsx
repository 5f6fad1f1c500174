import type { ComponentChildren } from "preact";

import { strings } from "../strings";
import { Avatar } from "./avatar";

/** Whom one might meet: five spheres, five lights. */
const FACES = [
  { id: 10, name: "A" },
  { id: 2, name: "N" },
  { id: 12, name: "J" },
  { id: 8, name: "M" },
  { id: 3, name: "T" },
];

type Props = { title: string; lead: string; children: ComponentChildren };

/** What stands before the door: for whoever is not signed in. */
export const Threshold = ({ title, lead, children }: Props) => (
  <main class="threshold">
    <header>
      <div class="faces">
        {FACES.map((face) => (
          <Avatar key={face.id} persona={face} size="large" />
        ))}
      </div>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
    </header>
    <section class="card">{children}</section>
    <footer>
      <span>{strings.value.signIn.disclosure}</span> <a href="/docs">{strings.value.signIn.documents}</a>
    </footer>
  </main>
);
