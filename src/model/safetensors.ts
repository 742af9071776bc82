/** Reads .safetensors files (adapters). Source of the format: github.com/huggingface/safetensors, README. */

export type SafetensorsType = "F32" | "F16" | "BF16";

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
