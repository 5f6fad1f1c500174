/**
 * Posts JSON and answers with the status. Never follows a redirect: a mail's token goes nowhere but where it was sent.
 * @throws whatever `fetch` throws
 */
export async function postJson(
  url: string | URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    // Resend refuses calls that do not say who is asking.
    headers: { "Content-Type": "application/json", "User-Agent": "digital-persona-platform", ...headers },
    body,
    signal,
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}
