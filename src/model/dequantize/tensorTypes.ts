/** The types of GGUF tensors that can be read. Numbers and sizes are those of ggml's `enum ggml_type` and its block structs. */
export type TensorType = "F32" | "F16" | "BF16" | "Q4_0" | "Q4_1" | "Q5_0" | "Q5_1" | "Q8_0" | "Q2_K" | "Q3_K" | "Q4_K" | "Q5_K" | "Q6_K";

export interface TensorTypeLayout {
  /** number in the file */
  readonly id: number;
  /** weights that share a block */
  readonly blockWeights: number;
  readonly blockBytes: number;
}

export const TENSOR_TYPES: Readonly<Record<TensorType, TensorTypeLayout>> = {
  F32: { id: 0, blockWeights: 1, blockBytes: 4 },
  F16: { id: 1, blockWeights: 1, blockBytes: 2 },
  Q4_0: { id: 2, blockWeights: 32, blockBytes: 18 },
  Q4_1: { id: 3, blockWeights: 32, blockBytes: 20 },
  Q5_0: { id: 6, blockWeights: 32, blockBytes: 22 },
  Q5_1: { id: 7, blockWeights: 32, blockBytes: 24 },
  Q8_0: { id: 8, blockWeights: 32, blockBytes: 34 },
  Q2_K: { id: 10, blockWeights: 256, blockBytes: 84 },
  Q3_K: { id: 11, blockWeights: 256, blockBytes: 110 },
  Q4_K: { id: 12, blockWeights: 256, blockBytes: 144 },
  Q5_K: { id: 13, blockWeights: 256, blockBytes: 176 },
  Q6_K: { id: 14, blockWeights: 256, blockBytes: 210 },
  BF16: { id: 30, blockWeights: 1, blockBytes: 2 },
};
