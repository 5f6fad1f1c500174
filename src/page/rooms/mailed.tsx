import { useState } from "preact/hooks";

import { failureOf } from "../failure";
import { FailureNotice } from "../parts/failure-notice";
import { Field } from "../parts/field";
import { Threshold } from "../parts/threshold";
import { useTask } from "../parts/use-task";
import { go } from "../route";
import { strings } from "../strings";

type Purpose = "reset" | "verify";

const PATHS = {
  reset: { ask: "/auth/password/forgot", use: "/auth/password/reset" },
  verify: { ask: "/auth/verify/resend", use: "/auth/verify" },
} as const;

/** What needs nobody signed in. @throws Failure */
async function post(path: string, body: object): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw await failureOf(response);
  return ((await response.json()) as { message: string }).message;
}

type AskProps = { email: string; purpose: Purpose; sent?: boolean; onBack: () => void };

/** Sends a mail, and takes the code in it from whoever would rather type than press a link. */
export function AskForMail({ email: known, purpose, sent = false, onBack }: AskProps) {
  const { signIn: words } = strings.value;
  const [email, setEmail] = useState(known);
  const [message, setMessage] = useState<string | null>(sent ? "" : null);
  const { busy, failure, run } = useTask();
  const ask = (event: Event) => run(event, async () => setMessage(await post(PATHS[purpose].ask, { email })));
  return (
    <Threshold
      title={message === null ? words.forgotTitle : words.mailSent}
      lead={message === null ? words.forgotLead : message}
    >
      {message !== null && <UseCode purpose={purpose} code="" />}
      <form onSubmit={(event) => void ask(event)}>
        <Field
          label={words.email}
          type="email"
          autocomplete="username"
          required
          value={email}
          onValue={setEmail}
        />
        {failure && <FailureNotice failure={failure} />}
        <button type="submit" class={message === null ? "button strong" : "button"} disabled={busy}>
          {message === null ? words.sendMail : words.resend}
        </button>
      </form>
      <button type="button" class="link" onClick={onBack}>
        {words.back}
      </button>
    </Threshold>
  );
}

/** Where a mail's link leads: `/reset#token=…` and `/verify#token=…`. */
export function Mailed({ purpose }: { purpose: Purpose }) {
  const { signIn: words } = strings.value;
  const code = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  const isReset = purpose === "reset";
  return (
    <Threshold title={isReset ? words.resetTitle : words.verifyTitle} lead={isReset ? words.resetLead : ""}>
      <UseCode purpose={purpose} code={code} />
      <a class="link" href="/">
        {words.back}
      </a>
    </Threshold>
  );
}

function UseCode({ purpose, code: known }: { purpose: Purpose; code: string }) {
  const { signIn: words } = strings.value;
  const [code, setCode] = useState(known);
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, failure, run } = useTask();
  const isReset = purpose === "reset";
  if (done) {
    return (
      <>
        <p role="status">{isReset ? words.resetDone : words.verifyDone}</p>
        <button
          type="button"
          class="button strong"
          onClick={() => (location.pathname === "/" ? location.reload() : go("/"))}
        >
          {words.signIn}
        </button>
      </>
    );
  }
  const use = async () => {
    await post(PATHS[purpose].use, { token: code.trim(), ...(isReset && { password }) });
    setDone(true);
  };
  return (
    <form onSubmit={(event) => void run(event, use)}>
      {known === "" && (
        <Field label={words.code} required autocomplete="one-time-code" value={code} onValue={setCode} />
      )}
      {isReset && (
        <Field
          label={words.newPassword}
          type="password"
          required
          minLength={8}
          autocomplete="new-password"
          hint={words.passwordHint}
          value={password}
          onValue={setPassword}
        />
      )}
      {failure && <FailureNotice failure={failure} />}
      <button type="submit" class="button strong" disabled={busy}>
        {isReset ? words.reset : words.verify}
      </button>
    </form>
  );
}
