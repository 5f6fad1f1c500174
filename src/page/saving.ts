import { request } from "./api";

/** Has the browser keep a file. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Gets a file from the server and keeps it, under the name that the server gives it.
 * @throws Failure
 */
export async function saveFrom(path: string): Promise<void> {
  const response = await request(path, { headers: { Accept: "*/*" } });
  saveFile(await response.blob(), nameOf(response) ?? "export");
}

/** RFC 8187: the name in UTF-8. */
function nameOf({ headers }: Response): string | null {
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(headers.get("content-disposition") ?? "") ?? [];
  return name ? decodeURIComponent(name) : null;
}
