import { useState } from "preact/hooks";

import { Failure, toFailure } from "../failure";
import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { Threshold } from "../parts/threshold";
import { isKnown, register, signIn } from "../session";
import { strings } from "../strings";
import { AskForMail } from "./mailed";

type Mode = "signIn" | "register" | "forgot" | "mailed";

/** The way in: an account, a new one, or a new password. */
export function SignIn() {
  const [mode, setMode] = useState<Mode>(isKnown() ? "signIn" : "register");
  const [email, setEmail] = useState("");
  const { signIn: words } = strings.value;
  if (mode === "forgot") {
    return <AskForMail email={email} purpose="reset" onBack={() => setMode("signIn")} />;
  }
  if (mode === "mailed") {
    return <AskForMail email={email} purpose="verify" sent onBack={() => setMode("signIn")} />;
  }
  return (
    <Threshold title={words.welcome} lead={words.lead}>
      <Entry isNew={mode === "register"} email={email} onEmail={setEmail} onMode={setMode} />
    </Threshold>
  );
}

type Props = {
  isNew: boolean;
  email: string;
  onEmail: (email: string) => void;
  onMode: (mode: Mode) => void;
};

function Entry({ isNew, email, onEmail, onMode }: Props) {
  const { signIn: words } = strings.value;
  const [password, setPassword] = useState("");
  const [name, setName] = useState("");
  const [invitation, setInvitation] = useState(invitationOfLink());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const invited = invitation !== "" || failure?.code.startsWith("invitation_") === true;
  const enter = async () => {
    if (!isNew) return signIn(email, password);
    const entered = await register({
      email,
      password,
      ...(name && { full_name: name }),
      ...(invitation && { invitation }),
    });
    if (!entered) onMode("mailed");
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    await enter().catch((error: unknown) => setFailure(toFailure(error)));
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h2>{isNew ? words.register : words.signIn}</h2>
      <Field
        label={words.email}
        type="email"
        name="email"
        autocomplete="username"
        required
        value={email}
        onValue={onEmail}
        problem={problemOf(failure, "email")}
      />
      {isNew && (
        <Field
          label={words.name}
          name="name"
          autocomplete="name"
          maxLength={255}
          hint={words.nameHint}
          value={name}
          onValue={setName}
        />
      )}
      <Field
        label={words.password}
        type="password"
        name="password"
        required
        minLength={isNew ? 8 : 1}
        autocomplete={isNew ? "new-password" : "current-password"}
        hint={isNew ? words.passwordHint : undefined}
        problem={problemOf(failure, "password")}
        value={password}
        onValue={setPassword}
      />
      {isNew && invited && (
        <Field
          label={words.invitation}
          name="invitation"
          required
          hint={words.invitationHint}
          value={invitation}
          onValue={setInvitation}
        />
      )}
      {failure && !(failure.code === "invitation_required" && isNew) && <FailureNotice failure={failure} />}
      {failure?.code === "email_unverified" && (
        <button type="button" class="link" onClick={() => onMode("mailed")}>
          {words.resend}
        </button>
      )}
      <button type="submit" class="button strong" disabled={busy}>
        {isNew ? words.register : words.signIn}
      </button>
      <div class="asides">
        <button type="button" class="link" onClick={() => onMode(isNew ? "signIn" : "register")}>
          {isNew ? words.toSignIn : words.toRegister}
        </button>
        {!isNew && (
          <button type="button" class="link" onClick={() => onMode("forgot")}>
            {words.forgot}
          </button>
        )}
      </div>
    </form>
  );
}

/** A link may bring the invitation along, behind a `#`, so that no server's log sees it. */
const invitationOfLink = (): string => new URLSearchParams(location.hash.slice(1)).get("invitation") ?? "";

/** What the server found wrong with one field. */
const problemOf = (failure: Failure | null, field: string): string | undefined =>
  failure?.body.errors?.find(({ path }) => path === `body.${field}`)?.message;
