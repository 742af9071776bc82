import type { ConsentRequest } from "./baseSource";
import type { Fetch } from "./fetchType";
import type { PythonCommand } from "./findPython";
import type { HttpTiming } from "./httpTiming";
import type { OpenFile } from "./partFile";
import type { PrepareProgram } from "./prepareInChild";
import type { Surroundings } from "./storeDirectory";
import type { LockTiming } from "./lockTiming";
import type { OnStoreProgress } from "./storeProgress";

export interface EnsureModelOptions {
  /** a folder under models/, with its manifest */
  readonly modelFolder: string;
  /** where to keep weights and prepared models; default `storeDirectory()` */
  readonly directory?: string;
  /** a base that the user has already; used where it lies */
  readonly basePath?: string;
  /** Asked once a source before anything big is fetched; false ends it as `refused`. A flag or a setting may answer. */
  readonly ask: (request: ConsentRequest) => Promise<boolean>;
  readonly fetch: Fetch;
  readonly prepare: PrepareProgram;
  /** at most ten events a second of a stage */
  readonly onProgress?: OnStoreProgress;
  /** Aborting resolves the call as `cancelled`, once what was running is gone and temporary files are removed. */
  readonly signal?: AbortSignal;
  /** what of the machine may be another in tests */
  readonly machine?: StoreMachine;
}

export interface StoreMachine {
  readonly surroundings?: Surroundings;
  readonly hubOrigin?: string;
  readonly python?: readonly PythonCommand[];
  readonly httpTiming?: HttpTiming;
  readonly lockTiming?: LockTiming;
  /** undefined: not to be had */
  readonly freeBytes?: (directory: string) => Promise<number | undefined>;
  readonly openFile?: OpenFile;
}
