/**
 * What lies in a prepared model's folder: the product of base weights + adapter + manifest, made once on the user's machine.
 * `prepared.json` is written last, so that a folder that has one is whole.
 */
import type { SpecialTokens } from "../diffusion/denoiser";

export const PREPARED_FILE = "prepared.json";
export const GRAPH_FILE = "model.onnx";
export const WEIGHTS_FILE = "model.onnx.data";
export const TOKENIZER_FILE = "tokenizer.json";
/** Raised whenever the graph's inputs or the files' meaning change; an older folder is prepared anew. */
export const PREPARED_VERSION = 3;

export interface PreparedModel {
  readonly version: number;
  /** from the manifest */
  readonly name: string;
  readonly licence: string;
  /** sha256 over manifest, base and adapter: what the folder was made from */
  readonly source: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
  /** most positions that the base was trained for */
  readonly contextLength: number;
  /** masks in a block where a request does not say: of `confidence` */
  readonly blockSize: number;
  /** and of `verified` */
  readonly draftSize: number;
  readonly specialTokens: SpecialTokens;
  /** bytes and sha256 of each other file of the folder */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}
