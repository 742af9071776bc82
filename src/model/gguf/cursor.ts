import { readSync } from "node:fs";
import { damaged } from "../damaged";

/** Bytes of a header that are held at a time. */
const CHUNK_BYTES = 1 << 20;
/** A header of a real model is some 6 MB, most of it the vocabulary. */
const MAX_HEADER_BYTES = 64 * 2 ** 20;
/** A string of a real model is a chat template of a few kB at most. */
const MAX_STRING_BYTES = 16 * 2 ** 20;

/**
 * Reads little-endian values one after another from a file's start, a chunk at a time. Every length is compared with what is left of the
 * file before memory is asked for. Synchronous: a header is a few MB, and one wait per value would cost more than the reading.
 */
export class Cursor {
  private chunk: Buffer = Buffer.alloc(0);
  /** of the chunk's first byte */
  private chunkAt = 0;
  /** of the next byte, within the chunk */
  private at = 0;

  constructor(
    private readonly descriptor: number,
    readonly file: string,
    readonly fileBytes: number,
  ) {}

  /** of the next byte, from the file's start */
  get position(): number {
    return this.chunkAt + this.at;
  }

  get leftBytes(): number {
    return this.fileBytes - this.position;
  }

  u8(): number {
    const at = this.take(1);
    return this.chunk.readUInt8(at);
  }
  i8(): number {
    const at = this.take(1);
    return this.chunk.readInt8(at);
  }
  u16(): number {
    const at = this.take(2);
    return this.chunk.readUInt16LE(at);
  }
  i16(): number {
    const at = this.take(2);
    return this.chunk.readInt16LE(at);
  }
  u32(): number {
    const at = this.take(4);
    return this.chunk.readUInt32LE(at);
  }
  i32(): number {
    const at = this.take(4);
    return this.chunk.readInt32LE(at);
  }
  f32(): number {
    const at = this.take(4);
    return this.chunk.readFloatLE(at);
  }
  f64(): number {
    const at = this.take(8);
    return this.chunk.readDoubleLE(at);
  }
  u64(): number | bigint {
    const at = this.take(8);
    return narrowed(this.chunk.readBigUInt64LE(at));
  }
  i64(): number | bigint {
    const at = this.take(8);
    return narrowed(this.chunk.readBigInt64LE(at));
  }

  /**
   * A count of things that take at least `eachBytes` bytes of the rest of the file.
   * @param what for the error: "strings of an array"
   */
  count(eachBytes: number, what: string): number {
    const count = this.u64();
    if (typeof count === "bigint" || count > this.leftBytes / eachBytes)
      throw damaged(this.file, `it counts ${count} ${what}, more than it has room for`);
    return count;
  }

  /** A string: its length in 8 bytes, then UTF-8. */
  string(): string {
    const bytes = this.count(1, "bytes in a string");
    if (bytes > MAX_STRING_BYTES) throw damaged(this.file, `a string of its header is ${bytes} bytes long`);
    const from = this.take(bytes);
    return this.chunk.toString("utf8", from, from + bytes);
  }

  /** Makes the next `bytes` bytes part of the chunk, which may be a new one then, and steps over them; the index in the chunk where they begin. */
  private take(bytes: number): number {
    if (this.at + bytes > this.chunk.length) this.fill(bytes);
    const from = this.at;
    this.at += bytes;
    return from;
  }

  private fill(bytes: number): void {
    if (bytes > this.leftBytes) throw damaged(this.file, "it ends within its header");
    if (this.position + bytes > MAX_HEADER_BYTES) throw damaged(this.file, `its header is longer than ${MAX_HEADER_BYTES} bytes`);
    const position = this.position;
    const next = Buffer.allocUnsafe(Math.min(this.leftBytes, Math.max(bytes, CHUNK_BYTES)));
    let read = 0;
    while (read < next.length) {
      const more = readSync(this.descriptor, next, read, next.length - read, position + read);
      if (more === 0) throw damaged(this.file, "it became shorter while it was read");
      read += more;
    }
    this.chunk = next;
    this.chunkAt = position;
    this.at = 0;
  }
}

function narrowed(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
