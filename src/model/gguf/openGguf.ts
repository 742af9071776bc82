import type { FileHandle } from "node:fs/promises";
import { dequantize } from "../dequantize/dequantize";
import { TENSOR_TYPES } from "../dequantize/tensorTypes";
import { damaged } from "../damaged";
import type { Gguf, GgufTensor } from "./gguf";
import { readHeader } from "./readHeader";
import { readFully } from "./readFully";
import { openForReading } from "../openForReading";

/** Bytes read and dequantised at a time: enough to be quick, too little to count beside the result. */
const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * Opens a GGUF file (version 2 or 3) and checks its whole header, so that what comes back can be believed.
 *
 * The reader is ours since @huggingface/gguf, tried first, takes what it should refuse: a file that ends within its header is read on as
 * zeros, tensors may overlap, stand unaligned or beyond the end, and names may repeat. Tests read the same headers through it, as a second
 * implementation.
 * @throws EngineError modelDamaged where it is anything else, or cannot be opened
 */
export async function openGguf(file: string): Promise<Gguf> {
  const handle = await openForReading(file);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw damaged(file, "it is not a file");
    return new OpenGguf(handle, file, readHeader(handle.fd, file, status.size));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class OpenGguf implements Gguf {
  readonly metadata: Gguf["metadata"];
  readonly tensors: Gguf["tensors"];

  constructor(
    private readonly handle: FileHandle,
    readonly file: string,
    header: Pick<Gguf, "metadata" | "tensors">,
  ) {
    this.metadata = header.metadata;
    this.tensors = header.tensors;
  }

  async readTensor(name: string): Promise<Float32Array> {
    const tensor = this.tensor(name);
    const into = new Float32Array(weightsOf(tensor));
    await this.readRun(tensor, 0, into);
    return into;
  }

  async readRows(name: string, rows: readonly number[]): Promise<Float32Array> {
    const tensor = this.tensor(name);
    const width = tensor.shape[0]!;
    const height = weightsOf(tensor) / width;
    for (const row of rows)
      if (!Number.isInteger(row) || row < 0 || row >= height) throw new RangeError(`${name} has ${height} rows: there is no row ${row}`);
    const into = new Float32Array(width * rows.length);
    for (let start = 0, end = 1; start < rows.length; start = end++) {
      while (end < rows.length && rows[end] === rows[end - 1]! + 1) end++;
      await this.readRun(tensor, rows[start]! * width, into.subarray(start * width, end * width));
    }
    return into;
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private tensor(name: string): GgufTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw damaged(this.file, `it has no tensor ${name}`);
    return tensor;
  }

  /**
   * Dequantises weights `first`… into `into`, as many as it holds; both are whole blocks.
   */
  private async readRun(tensor: GgufTensor, first: number, into: Float32Array): Promise<void> {
    const { blockWeights, blockBytes } = TENSOR_TYPES[tensor.type];
    const blocks = into.length / blockWeights;
    const chunkBlocks = Math.min(blocks, Math.floor(CHUNK_BYTES / blockBytes));
    const buffer = Buffer.allocUnsafeSlow(chunkBlocks * blockBytes);
    for (let block = 0; block < blocks; block += chunkBlocks) {
      const count = Math.min(chunkBlocks, blocks - block);
      const bytes = buffer.subarray(0, count * blockBytes);
      await readFully(this.handle, this.file, bytes, tensor.offset + (first / blockWeights + block) * blockBytes);
      dequantize(tensor.type, bytes, into.subarray(block * blockWeights, (block + count) * blockWeights));
    }
  }
}

function weightsOf(tensor: GgufTensor): number {
  return tensor.shape.reduce((product, dimension) => product * dimension, 1);
}
