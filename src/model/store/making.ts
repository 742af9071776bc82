import { mkdir, rm } from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../backends/engineError";
import type { Manifest } from "../manifest";
import type { BaseSource } from "./baseSource";
import { baseStamp } from "./baseStamp";
import { checkShippedFiles, type ShippedFiles } from "./checkShippedFiles";
import { checkSpace } from "./checkSpace";
import { commitPrepared } from "./commitPrepared";
import type { EnsureModelOptions } from "./ensureModelOptions";
import { errorCode } from "./errorCode";
import { findBase, type FoundBase } from "./findBase";
import { freeBytes } from "./freeBytes";
import { isPreparedWhole } from "./isPreparedWhole";
import { LOCK_TIMING } from "./lockTiming";
import { prepareInChild } from "./prepareInChild";
import { StoreError } from "./storeError";
import type { StoreLayout } from "./storeLayout";
import { withStoreLock, type AssertHeld } from "./storeLock";
import type { OnStoreProgress } from "./storeProgress";
import { removeTemporaryFolders, temporaryName } from "./temporaryFolder";
import { throttled } from "./throttled";

const PROGRESS_EVERY_MS = 100;

/** One making of one prepared folder: finds the base or fetches it, prepares, commits. */
export class Making {
  private readonly onProgress: OnStoreProgress;

  constructor(
    private readonly options: EnsureModelOptions,
    private readonly manifest: Manifest,
    private readonly source: string,
    private readonly layout: StoreLayout,
    private readonly preparedBytes: number,
    private readonly signal: AbortSignal,
  ) {
    const report = throttled(options.onProgress, PROGRESS_EVERY_MS, () => performance.now());
    this.onProgress = (progress) => (signal.aborted ? undefined : report(progress));
  }

  /**
   * @param otherPlaces where the base may be beside the store
   * @returns ready: the layout's prepared folder is whole
   * @throws StoreError, EngineError modelDamaged; the system's errors; the signal's reason
   */
  async make(otherPlaces: AsyncIterable<string>, sources: readonly BaseSource[]): Promise<"ready" | "refused"> {
    await mkdir(this.layout.directory, { recursive: true });
    const shipped = await checkShippedFiles(this.options.modelFolder, this.manifest, this.signal);
    const base = (await this.find(this.options.basePath, [this.layout.base])) ?? (await this.find(undefined, otherPlaces));
    if (base !== undefined) return this.locked((temporary, assertHeld) => this.prepare(base, shipped, temporary, assertHeld));

    let failure: StoreError | undefined;
    for (const source of sources) {
      const unusable = await source.whyUnusable(failure, this.signal);
      if (unusable !== undefined) {
        failure = unusable;
        continue;
      }
      const { title, base } = this.manifest;
      const agreed = await this.options.ask({ title, bytes: base.bytes, licence: base.licence, from: source.from });
      this.signal.throwIfAborted();
      if (!agreed) return "refused";
      try {
        return await this.locked((temporary, assertHeld) => this.fetchAndPrepare(source, shipped, temporary, assertHeld));
      } catch (error) {
        if (!(error instanceof StoreError) || !isSourcesFault(error)) throw error;
        failure = error;
      }
    }
    // Without a source to fetch from, the manifest says that it lies beside it.
    const file = path.join(this.options.modelFolder, this.manifest.base.file);
    throw failure ?? new StoreError({ kind: "shippedFileDamaged", file, detail: "it is missing, or not the file that the manifest names" });
  }

  /** Asked and waited outside the lock: an open question must not hold up other windows. */
  private locked(body: (temporary: string, assertHeld: AssertHeld) => Promise<void>): Promise<"ready"> {
    const { lockFile, prepared, directory } = this.layout;
    const onWait = () => this.onProgress({ stage: "waiting", done: 0, total: 0 });
    return withStoreLock(lockFile, this.options.machine?.lockTiming ?? LOCK_TIMING, this.signal, onWait, async (assertHeld) => {
      if (!(await isPreparedWhole(prepared, this.source))) {
        const temporary = temporaryName(directory);
        await removeTemporaryFolders(directory);
        try {
          await body(temporary, assertHeld);
        } finally {
          await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
        }
      }
      return "ready" as const;
    });
  }

  private find(named: string | undefined, places: Iterable<string> | AsyncIterable<string>): Promise<FoundBase | undefined> {
    return findBase(this.manifest.base, named, places, this.signal, this.onProgress);
  }

  private async fetchAndPrepare(source: BaseSource, shipped: ShippedFiles, temporary: string, assertHeld: AssertHeld): Promise<void> {
    const { base } = this.layout;
    // Another process may have fetched it while this one asked or waited.
    let found = await this.find(undefined, [base]);
    if (found === undefined) {
      await this.checkSpace((await source.neededBytes()) + this.preparedBytes);
      await mkdir(temporary);
      await source.fetch(temporary, this.signal, this.onProgress, assertHeld);
      await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
      found = { path: base, stamp: await baseStamp(base) };
    }
    await this.prepare(found, shipped, temporary, assertHeld);
  }

  private async prepare(base: FoundBase, shipped: ShippedFiles, temporary: string, assertHeld: AssertHeld): Promise<void> {
    await this.checkSpace(this.preparedBytes);
    await mkdir(temporary);
    const request = { manifest: this.manifest, source: this.source, basePath: path.resolve(base.path), ...shipped, directory: temporary };
    try {
      const prepared = await prepareInChild(this.options.prepare, request, this.signal, (done, total) =>
        this.onProgress({ stage: "preparing", done, total }),
      );
      await assertUnchanged(base);
      await commitPrepared(temporary, prepared, this.layout.prepared, assertHeld);
    } catch (error) {
      // What it read was another file then, and no damage of this one.
      if (error instanceof EngineError) await assertUnchanged(base, error);
      throw error;
    }
  }

  private checkSpace(neededBytes: number): Promise<void> {
    return checkSpace(this.layout.directory, neededBytes, this.options.machine?.freeBytes ?? freeBytes);
  }
}

/** @throws StoreError baseChanged */
async function assertUnchanged(base: FoundBase, cause?: unknown): Promise<void> {
  const now = await baseStamp(base.path).catch((error: unknown) => errorCode(error));
  if (now !== base.stamp) throw new StoreError({ kind: "baseChanged", file: base.path }, { cause });
}

/** Whether another source may do better. */
function isSourcesFault({ failure }: StoreError): boolean {
  return ["noNetwork", "hubAnsweredHtml", "httpStatus", "wrongSize", "wrongHash", "pipFailed", "wheelDamaged"].includes(failure.kind);
}
