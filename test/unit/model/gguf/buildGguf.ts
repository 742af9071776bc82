/** Writes GGUF files, right or wrong as asked, for the reader to judge. Little-endian. */

/** A value by its type's number in the file, with the value's bytes. */
export interface RawValue {
  readonly type: number;
  readonly bytes: Buffer;
}

export interface RawTensor {
  readonly name: string;
  readonly shape: readonly (number | bigint)[];
  readonly type: number;
  readonly offset: number | bigint;
}

export interface RawGguf {
  readonly magic?: string;
  readonly version?: number;
  /** absent: as many as there are */
  readonly tensorCount?: bigint;
  readonly entryCount?: bigint;
  readonly entries?: readonly (readonly [string, RawValue])[];
  readonly tensors?: readonly RawTensor[];
  readonly weights?: Buffer;
  /** bytes that the weights begin at a multiple of */
  readonly alignment?: number;
}

export function buildGguf(gguf: RawGguf): Buffer {
  const { entries = [], tensors = [], alignment = 32 } = gguf;
  const header = Buffer.concat([
    Buffer.from(gguf.magic ?? "GGUF", "latin1"),
    u32(gguf.version ?? 3),
    u64(gguf.tensorCount ?? tensors.length),
    u64(gguf.entryCount ?? entries.length),
    ...entries.flatMap(([key, value]) => [text(key), u32(value.type), value.bytes]),
    ...tensors.flatMap((tensor) => [
      text(tensor.name),
      u32(tensor.shape.length),
      ...tensor.shape.map(u64),
      u32(tensor.type),
      u64(tensor.offset),
    ]),
  ]);
  return Buffer.concat([header, Buffer.alloc((alignment - (header.length % alignment)) % alignment), gguf.weights ?? Buffer.alloc(0)]);
}

export const value = {
  u8: (number: number): RawValue => ({ type: 0, bytes: Buffer.from([number]) }),
  u32: (number: number): RawValue => ({ type: 4, bytes: u32(number) }),
  boolean: (byte: number): RawValue => ({ type: 7, bytes: Buffer.from([byte]) }),
  string: (string: string): RawValue => ({ type: 8, bytes: text(string) }),
  u64: (number: bigint): RawValue => ({ type: 10, bytes: u64(number) }),
  i64: (number: bigint): RawValue => ({ type: 11, bytes: u64(BigInt.asUintN(64, number)) }),
  f64: (number: number): RawValue => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(number);
    return { type: 12, bytes };
  },
  /** `count` may lie */
  array: (of: readonly RawValue[], type = of[0]?.type ?? 0, count: number | bigint = of.length): RawValue => ({
    type: 9,
    bytes: Buffer.concat([u32(type), u64(count), ...of.map(({ bytes }) => bytes)]),
  }),
};

/** A string as the format has it; `length` may lie. */
export function text(string: string, length?: bigint): Buffer {
  const bytes = Buffer.from(string);
  return Buffer.concat([u64(length ?? bytes.length), bytes]);
}

function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

function u64(number: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(number));
  return bytes;
}
