/**
 * What a GGUF file offers once its header has been read and checked; `openGguf` makes one.
 * Source of the format: github.com/ggml-org/ggml, docs/gguf.md.
 */
import type { TensorType } from "../dequantize/tensorTypes";

/** 64-bit integers beyond 2^53 are bigint, all other numbers number. */
export type GgufValue = number | bigint | boolean | string | readonly GgufValue[];

export interface GgufTensor {
  readonly name: string;
  /** ne0 (the fastest, a row's length) first: a matrix of [out, in] in PyTorch is [in, out] here */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** of its first byte, from the file's start */
  readonly offset: number;
  readonly bytes: number;
}

export interface Gguf {
  /** as given to `openGguf`; what errors name */
  readonly file: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /**
   * The whole tensor, dequantised; row-major, ne0 fastest.
   * @throws EngineError modelDamaged where the file has no such tensor, or has become shorter
   */
  readTensor(name: string): Promise<Float32Array>;
  /**
   * Chosen rows of ne0 values each, in the order asked for; runs that ascend without a gap are read together.
   * @param rows each in [0, product of the shape but ne0), else RangeError
   * @throws EngineError modelDamaged as `readTensor`
   */
  readRows(name: string, rows: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}
