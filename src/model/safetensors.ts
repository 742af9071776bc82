/** Reads .safetensors files (adapters). Source of the format: github.com/huggingface/safetensors, README. */
import type { FileHandle } from "node:fs/promises";
import { dequantize } from "./dequantize/dequantize";
import { damaged } from "./damaged";
import { readFully } from "./gguf/readFully";
import { openForReading } from "./openForReading";

/** The header of a large model's adapter is some 100 kB. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;
const LENGTH_BYTES = 8;

/** What is read; I8 as whole numbers -128 … 127, whatever scale their owner gives them. */
export type SafetensorsType = "F32" | "F16" | "BF16" | "I8";

const BYTES_EACH: Readonly<Record<SafetensorsType, number>> = { F32: 4, F16: 2, BF16: 2, I8: 1 };

export interface SafetensorsTensor {
  readonly name: string;
  /** slowest first, as PyTorch has it: [out, in] */
  readonly shape: readonly number[];
  readonly type: SafetensorsType;
  /** of its first byte, from the file's start */
  readonly offset: number;
  readonly bytes: number;
}

export interface Safetensors {
  readonly file: string;
  /** the header's `__metadata__`; empty where there is none */
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /**
   * A tensor's values, row-major.
   * @throws EngineError modelDamaged where the file has no such tensor, or has become shorter
   */
  read(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens a .safetensors file and checks its whole header: the tensors lie within the file, one after another, without overlap or gap.
 * @throws EngineError modelDamaged where it is anything else, has other types than those of `SafetensorsType`, or cannot be opened
 */
export async function openSafetensors(file: string): Promise<Safetensors> {
  const handle = await openForReading(file);
  try {
    const { metadata, tensors } = await readHeader(handle, file);
    return { file, metadata, tensors, read: (name) => readTensor(handle, file, tensors, name), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readTensor(handle: FileHandle, file: string, tensors: Safetensors["tensors"], name: string): Promise<Float32Array> {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw damaged(file, `it has no tensor ${name}`);
  const bytes = Buffer.allocUnsafeSlow(tensor.bytes);
  await readFully(handle, file, bytes, tensor.offset);
  if (tensor.type === "I8") return Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const values = new Float32Array(tensor.bytes / BYTES_EACH[tensor.type]);
  dequantize(tensor.type, bytes, values);
  return values;
}

async function readHeader(handle: FileHandle, file: string): Promise<Pick<Safetensors, "metadata" | "tensors">> {
  const status = await handle.stat();
  if (!status.isFile()) throw damaged(file, "it is not a file");
  if (status.size < LENGTH_BYTES) throw damaged(file, "it is not a safetensors file");
  const length = Buffer.alloc(LENGTH_BYTES);
  await readFully(handle, file, length, 0);
  const headerBytes = length.readBigUInt64LE();
  if (headerBytes > Math.min(MAX_HEADER_BYTES, status.size - LENGTH_BYTES)) throw damaged(file, `its header claims ${headerBytes} bytes`);
  const text = Buffer.alloc(Number(headerBytes));
  await readFully(handle, file, text, LENGTH_BYTES);

  const weightsAt = LENGTH_BYTES + text.length;
  const metadata = new Map<string, string>();
  const tensors: SafetensorsTensor[] = [];
  for (const [name, entry] of Object.entries(parseObject(text.toString("utf8"), file))) {
    if (!isObject(entry)) throw damaged(file, `its entry ${JSON.stringify(name)} is not an object`);
    if (name === "__metadata__") readMetadata(entry, file, metadata);
    else tensors.push(readEntry(name, entry, weightsAt, file));
  }
  requireNoGaps(tensors, weightsAt, status.size, file);
  return { metadata, tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])) };
}

function parseObject(text: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, "its header is not JSON", cause);
  }
  if (!isObject(value)) throw damaged(file, "its header is not an object");
  return value;
}

function readMetadata(entry: Record<string, unknown>, file: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(entry)) {
    if (typeof value !== "string") throw damaged(file, `its metadata ${JSON.stringify(key)} is not a string`);
    into.set(key, value);
  }
}

function readEntry(name: string, entry: Record<string, unknown>, weightsAt: number, file: string): SafetensorsTensor {
  const called = `the tensor ${JSON.stringify(name.slice(0, 64))}`;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isReadType(dtype)) throw damaged(file, `${called} has a type that is not read`);
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) throw damaged(file, `${called} has no shape or no place`);
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product, size) => product * size, BYTES_EACH[dtype]);
  if (end - begin !== bytes) throw damaged(file, `${called} takes ${end - begin} bytes, and its shape ${bytes}`);
  return { name, shape, type: dtype, offset: weightsAt + begin, bytes };
}

/** As the format demands; so a name that stands there twice is noticed as well, though JSON.parse keeps only the last. */
function requireNoGaps(tensors: readonly SafetensorsTensor[], weightsAt: number, fileBytes: number, file: string): void {
  let end = weightsAt;
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset || a.bytes - b.bytes)) {
    if (tensor.offset !== end) throw damaged(file, `the tensor ${JSON.stringify(tensor.name)} does not begin where the one before it ends`);
    end += tensor.bytes;
  }
  if (end !== fileBytes) throw damaged(file, `its tensors end at byte ${end} of ${fileBytes}`);
}

function isReadType(dtype: unknown): dtype is SafetensorsType {
  return typeof dtype === "string" && Object.hasOwn(BYTES_EACH, dtype);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}
