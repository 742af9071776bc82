import type { EngineFailure } from "../../backends/engineError";
import type { Manifest } from "../manifest";
import type { PreparedModel } from "../preparedModel";

/** Parent → child, once: what `prepareModel` takes. JSON over the child's IPC channel. */
export interface PrepareRequest {
  readonly manifest: Manifest;
  readonly basePath: string;
  readonly adapterPath?: string;
  readonly vocabularyPath?: string;
  readonly directory: string;
  readonly source: string;
}

/** Child → parent; the last is `done` or `failed`. */
export type PrepareReport =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly prepared: PreparedModel }
  | { readonly kind: "failed"; readonly failure: PrepareFailure };

export type PrepareFailure =
  /** an EngineError, such as a damaged base */
  | { readonly kind: "engine"; readonly failure: EngineFailure }
  /** the system's error, such as a full disk */
  | { readonly kind: "system"; readonly code: string; readonly path: string | undefined; readonly message: string }
  | { readonly kind: "other"; readonly message: string };
