/** What the last file of an archive says: where the next archive goes on, and what is in this one. */
export type ArchiveEnd = { cursor?: string; counts: Record<string, number> };

/** Fields of ZIP (PKWARE APPNOTE 6.3.10), by their distance in bytes. */
const END = { size: 22, directorySize: 12, directoryAt: 16 } as const;
const CENTRAL = {
  size: 46,
  packed: 20,
  nameLength: 28,
  extraLength: 30,
  commentLength: 32,
  localAt: 42,
} as const;
const LOCAL = { size: 30, nameLength: 26, extraLength: 28 } as const;

const viewOf = async (blob: Blob): Promise<DataView> => new DataView(await blob.arrayBuffer());

/** Reads how an archive ends; null where it is not whole. */
export async function endOf(archive: Blob): Promise<ArchiveEnd | null> {
  try {
    const end = await viewOf(archive.slice(-END.size));
    const at = end.getUint32(END.directoryAt, true);
    const directory = await viewOf(archive.slice(at, at + end.getUint32(END.directorySize, true)));
    const last = lastEntry(directory);
    const local = await viewOf(archive.slice(last.at, last.at + LOCAL.size));
    const head =
      LOCAL.size + local.getUint16(LOCAL.nameLength, true) + local.getUint16(LOCAL.extraLength, true);
    const packed = archive.slice(last.at + head, last.at + head + last.packed);
    const text = new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw")));
    return (await text.json()) as ArchiveEnd;
  } catch {
    return null;
  }
}

function lastEntry(directory: DataView): { at: number; packed: number } {
  let last = { at: 0, packed: 0 };
  for (let at = 0; at + CENTRAL.size <= directory.byteLength;) {
    last = {
      at: directory.getUint32(at + CENTRAL.localAt, true),
      packed: directory.getUint32(at + CENTRAL.packed, true),
    };
    const lengths = [CENTRAL.nameLength, CENTRAL.extraLength, CENTRAL.commentLength];
    at += CENTRAL.size + lengths.reduce((sum, field) => sum + directory.getUint16(at + field, true), 0);
  }
  return last;
}
