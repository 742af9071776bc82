import { crc32 } from "node:zlib";

/** A zip file with stored members: enough to stand for a wheel. */
export function zipOf(members: Readonly<Record<string, Buffer>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(members)) {
    const nameBytes = Buffer.from(name);
    /** version needed 2.0, no flags, stored, no time; then crc, both sizes, name length, no extra field */
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    local.push(Buffer.from("PK\x03\x04"), common, nameBytes, content);
    /** comment length, disk, attributes: all 0; then where the local header is */
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00"), common, rest, nameBytes);
    at += 4 + common.length + nameBytes.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  const count = Object.keys(members).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, directory, Buffer.from("PK\x05\x06"), end]);
}
