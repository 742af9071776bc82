import type { InferenceSession, Tensor } from "onnxruntime-node";

export type RuntimeName = "onnxruntime-node" | "onnxruntime-web";

/** Which runtime computes, for the log. */
export interface RuntimeInUse {
  readonly name: RuntimeName;
  /** why the native runtime does not; absent where it does, and where the other one was asked for */
  readonly insteadOfNative?: string;
  /** true where this processor's own int8 products saturate, and slower ones are used; absent where they are exact */
  readonly wideProducts?: true;
  /** the GPU provider that computes, as onnxruntime names it; absent where the processor does */
  readonly provider?: string;
}

export interface RuntimeOptions {
  /** 0: the runtime chooses. onnxruntime-web keeps the number of its first session for the whole process. */
  readonly threads: number;
  /** keep the processor busy between the operators of a pass: faster passes, but the threads burn some time after the last; native only */
  readonly spin?: boolean;
  /** where to write a profile by operator, as the beginning of a file's path; native only */
  readonly profileInto?: string;
  /**
   * weights as uint8, whose products with uint8 don't saturate on x86 without VNNI: slower, and the weights are held in memory twice while they are
   * opened. Nothing changes on other processors; native only
   */
  readonly wideProducts?: boolean;
}

/** What runs graphs. Both kinds take and give the same tensors; the native one reads them in place, the other copies. */
export interface Runtime {
  readonly name: RuntimeName;
  readonly Tensor: typeof Tensor;
  /**
   * Opens a prepared model's graph; its weights lie in the folder too.
   * @param provider a GPU provider, as onnxruntime names it; what it has no kernel for stays with the processor. Absent: all does; native only
   * @throws what the runtime throws
   */
  readonly openFolder: (directory: string, provider?: string) => Promise<InferenceSession>;
  /** Opens a graph that has its weights inside. @throws what the runtime throws */
  readonly openBytes: (graph: Uint8Array) => Promise<InferenceSession>;
}

/** @throws what the import throws where the runtime has no library for this machine */
export type LoadOneRuntime = (options: RuntimeOptions) => Promise<Runtime>;
