type Policies = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};

/** The one script that is named by an address at run time, which the policy of the page must allow by name. */
function workerUrl(): string {
  const { trustedTypes } = window as { trustedTypes?: Policies };
  const policy = trustedTypes?.createPolicy("shell", { createScriptURL: () => "/worker.js" });
  return policy ? policy.createScriptURL("") : "/worker.js";
}

/** Lets the page open without a network. */
export function installShell(): void {
  if ("serviceWorker" in navigator && import.meta.env.PROD)
    void navigator.serviceWorker.register(workerUrl()).catch(() => undefined);
}
