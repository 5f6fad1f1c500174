import type { ImageType } from "../db/schema";
import { isPng } from "./png";

/** What a picture is by its first bytes, whatever it is called; null for anything else. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (isPng(bytes)) return "image/png";
  const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "image/gif";
  if (start.startsWith("RIFF") && start.slice(8, 12) === "WEBP") return "image/webp";
  return start.slice(4, 8) === "ftyp" && /^avi[fs]/.test(start.slice(8)) ? "image/avif" : null;
}
