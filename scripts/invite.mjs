// `npm run invite -- you@example.com`: the operator's own invitation, made at the database: how the first administrator comes in.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";

const ROOT = join(import.meta.dirname, "..");
const WRANGLER = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
const USAGE = "Usage: npm run invite -- you@example.com [--remote | --persist-to FOLDER] [--existing]";
/** Good for a day: who makes it is there to use it. Milliseconds. */
const LIFE_MS = 24 * 60 * 60 * 1000;
/** Nothing that could end the text it stands in. */
const ADDRESS = /^[\w.+%-]+@[\w.-]+$/;

const { email, existing, ...where } = options();
const [known] = execute(`SELECT id, created_at FROM users WHERE email = '${email}'`);
if (known) vouch(known);
else invite();

/** Ends with one sentence, and nothing else. */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function options() {
  const flag = { type: "boolean", default: false };
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { remote: flag, existing: flag, "persist-to": { type: "string" } },
    });
    const [email = "", ...more] = positionals.map((text) => text.trim().toLowerCase());
    if (ADDRESS.test(email) && more.length === 0) return { ...values, email };
  } catch {
    // Said below.
  }
  return fail(USAGE);
}

function database() {
  if (where.remote) return ["--remote"];
  return where["persist-to"] ? ["--local", "--persist-to", where["persist-to"]] : ["--local"];
}

/** The rows of one statement, run where the Worker's database is. */
function execute(sql) {
  const args = [WRANGLER, "d1", "execute", "DB", ...database(), "--json", "--command", sql];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
    encoding: "utf8",
  });
  if (status !== 0) fail(`The database could not be asked:\n${stdout}${stderr}`);
  return JSON.parse(stdout)[0].results;
}

/** As `newInvitation` in src/identity/invitations.ts makes them. */
function invite() {
  const token = `dpi_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(token).digest("base64url");
  const now = Date.now();
  execute(
    `INSERT INTO invitations (token_hash, email, created_at, expires_at)
     VALUES ('${hash}', '${email}', ${now}, ${now + LIFE_MS})`,
  );
  console.log(`An invitation for ${email}, good for one registration within 24 hours:

  ${token}

Send it as "invitation" with POST /auth/register. Whoever does is an administrator if ADMIN_EMAILS names the address.`);
}

/** An account that is there already may be anybody's: an address was never asked to prove itself. */
function vouch({ id, created_at }) {
  const since = new Date(created_at).toISOString();
  if (!existing) {
    fail(
      `User ${id} has had this address since ${since}. If that is you, run this again with --existing: ` +
        "the account then counts as the address's owner, and is an administrator's if ADMIN_EMAILS names it.",
    );
  }
  execute(`UPDATE users SET email_vouched_at = ${Date.now()} WHERE id = ${id}`);
  console.log(`User ${id} counts as the owner of ${email}.`);
}
