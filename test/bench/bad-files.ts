import { crc32, deflateRawSync } from "node:zlib";

/** An archive of one file; packed, a large one of zeros is a bomb. */
export function archiveOf(name: string, bytes: Buffer, isPacked: boolean): Buffer {
  const path = Buffer.from(name);
  const data = isPacked ? deflateRawSync(bytes) : bytes;
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(isPacked ? 8 : 0, 4);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(data.length, 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, path, data]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), head, Buffer.alloc(14), path]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\x05\x06"), end]);
}

/** A picture whose first chunk of text says that it has two gigabytes. */
export function lyingPicture(): Buffer {
  const chunk = (type: string, data: Buffer, length = data.length) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([size, named, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]));
  return Buffer.concat([signature, header, chunk("tEXt", Buffer.from("chara\0e30="), 0x7fff_fff0)]);
}
