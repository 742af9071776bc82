import { bf16 } from "./bf16";
import { f16 } from "./f16";
import { f32 } from "./f32";
import { q2K } from "./q2K";
import { q3K } from "./q3K";
import { q4_0 } from "./q4_0";
import { q4_1 } from "./q4_1";
import { q4K } from "./q4K";
import { q5_0 } from "./q5_0";
import { q5_1 } from "./q5_1";
import { q5K } from "./q5K";
import { q6K } from "./q6K";
import { q8_0 } from "./q8_0";
import type { TensorType } from "./tensorTypes";

/**
 * Turns whole blocks of one type into floats.
 * @param bytes the blocks, as they lie in the file
 * @param into as many floats as the blocks hold weights
 */
export type Dequantizer = (bytes: Uint8Array, into: Float32Array) => void;

const DEQUANTIZERS: Readonly<Record<TensorType, Dequantizer>> = {
  F32: f32,
  F16: f16,
  BF16: bf16,
  Q4_0: q4_0,
  Q4_1: q4_1,
  Q5_0: q5_0,
  Q5_1: q5_1,
  Q8_0: q8_0,
  Q2_K: q2K,
  Q3_K: q3K,
  Q4_K: q4K,
  Q5_K: q5K,
  Q6_K: q6K,
};

/**
 * Writes the weights of whole blocks to `into`, bit for bit as ggml's reference (dequantize_row_* in ggml-quants.c) and Python's
 * `gguf.quants.dequantize` do: scales are 16-bit floats times small integers, so products are exact and only the last operation rounds,
 * when it is stored.
 */
export function dequantize(type: TensorType, bytes: Uint8Array, into: Float32Array): void {
  DEQUANTIZERS[type](bytes, into);
}
