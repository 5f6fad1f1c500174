import { chooseTheme, theme, type Theme } from "../preferences";
import { signOut } from "../session";
import { strings } from "../strings";
import { Icon, type IconName } from "./icon";
import { Talks } from "./talks";

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
      <Talks />
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
