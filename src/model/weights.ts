import type { ExternalBytes } from "./onnx/graphBuilder";

/** A linear layer's weights in the external data file, transposed to [inputs, outputs]. */
export type Matrix = MatrixBase &
  (
    | { readonly kind: "float32" }
    /** int8, symmetric, with one scale for each output; `scales` [outputs] float32 */
    | { readonly kind: "int8"; readonly scales: ExternalBytes }
  );

interface MatrixBase {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly data: ExternalBytes;
  /** [outputs] float32 */
  readonly bias?: ExternalBytes;
}

export interface LayerWeights {
  /** queries (group-minor, see `headOrder`), keys and values, one below the other */
  readonly qkv: Matrix;
  readonly attentionOutput: Matrix;
  readonly gate: Matrix;
  readonly up: Matrix;
  readonly down: Matrix;
}

/** Where each weight of the graph lies in the external data file. */
export interface Weights {
  readonly layers: readonly LayerWeights[];
  /** by the name the graph gives them, float32 [width] */
  readonly norms: Readonly<Record<string, ExternalBytes>>;
  /** [vocabulary, width] */
  readonly embedding: { readonly kind: "float16" | "float32"; readonly data: ExternalBytes };
  readonly head: Matrix;
  /** [contextLength, headSize/2] float32 */
  readonly ropeCos: ExternalBytes;
  readonly ropeSin: ExternalBytes;
}

/** `int8` is what runs; `float32` is what it is measured against. */
export type Precision = "int8" | "float32";
