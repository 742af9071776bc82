/** What goes between the engine and a process that probes one GPU provider, over Node's own channel. */
export interface ProbeRequest {
  /** a prepared model */
  readonly directory: string;
  /** as onnxruntime names it */
  readonly provider: string;
  readonly threads: number;
}

export interface ProbeReport {
  /** why the provider is not to be used, in one clause; undefined where it is */
  readonly refusal?: string;
  /** medians of passes of 8 rows; absent where nothing was measured */
  readonly rows8Ms?: { readonly cpu: number; readonly provider: number };
}
