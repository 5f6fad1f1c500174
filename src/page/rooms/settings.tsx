import { useEffect } from "preact/hooks";

import { chooseLanguage, chooseTheme, language, theme, type Language, type Theme } from "../preferences";
import { Icon } from "../parts/icon";
import { Choice } from "../parts/choice";
import { signOut } from "../session";
import { ApiKeys } from "../settings/api-keys";
import { Data } from "../settings/data";
import { Found } from "../settings/found";
import { Leaving } from "../settings/leaving";
import { Password } from "../settings/password";
import { Sessions } from "../settings/sessions";
import { Shared } from "../settings/shared";
import { Shortcuts } from "../settings/shortcuts";
import { user } from "../store";
import { strings } from "../strings/all";

const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch" };

/** What can be set. Each section stands by itself. */
export function Settings() {
  const { settings, room } = strings.value;
  useEffect(() => {
    document.title = settings.title;
  }, [settings]);
  return (
    <div class="page narrow settings">
      <a class="tool back" href="/" aria-label={room.back}>
        <Icon name="back" />
      </a>
      <h1>{settings.title}</h1>
      <Appearance />
      <Account />
      <Shortcuts />
      <Password />
      <Sessions />
      <ApiKeys />
      <Shared />
      <Found />
      <Data />
      <Leaving />
    </div>
  );
}

function Appearance() {
  const { settings } = strings.value;
  return (
    <section class="card">
      <h2>{settings.appearance}</h2>
      <Choice<Theme>
        label={settings.theme}
        options={settings.themes}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
      <Choice<Language>
        label={settings.language}
        options={LANGUAGES}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
    </section>
  );
}

function Account() {
  const { settings, rail } = strings.value;
  return (
    <section class="card">
      <h2>{settings.account}</h2>
      <p>
        {settings.signedInAs} <strong>{user.value?.email}</strong>
      </p>
      <button type="button" class="button" onClick={() => void signOut()}>
        {rail.signOut}
      </button>
    </section>
  );
}
