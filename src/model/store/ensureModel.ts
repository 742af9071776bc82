import { mkdir, rm } from "node:fs/promises";
import * as path from "node:path";
import type { Manifest } from "../manifest";
import { asStoreError } from "./asStoreError";
import type { BaseSource } from "./baseSource";
import { baseSources } from "./baseSources";
import { checkShippedFiles, type ShippedFiles } from "./checkShippedFiles";
import { checkSpace } from "./checkSpace";
import { commitPrepared } from "./commitPrepared";
import type { EnsureModelOptions } from "./ensureModelOptions";
import { findBase } from "./findBase";
import { freeBytes } from "./freeBytes";
import { hubCachePath } from "./hubCachePath";
import { isPreparedWhole } from "./isPreparedWhole";
import { prepareInChild } from "./prepareInChild";
import { readModelFolder } from "./readModelFolder";
import { sourceHash } from "./sourceHash";
import { storeDirectory, surroundings } from "./storeDirectory";
import { StoreError } from "./storeError";
import { storeLayout, type StoreLayout } from "./storeLayout";
import { LOCK_TIMING, withStoreLock } from "./storeLock";
import type { OnStoreProgress } from "./storeProgress";
import { throttled } from "./throttled";

const PROGRESS_EVERY_MS = 100;
/** int8 weights of a pruned vocabulary weigh about as much as the 4-bit base of the whole one; half as much again is left for other models. */
const PREPARED_PER_BASE_BYTE = 1.5;

export type ModelOutcome =
  /** `directory` holds the prepared model, whole */
  | { readonly kind: "ready"; readonly directory: string }
  /** the user does not want it fetched; nothing was */
  | { readonly kind: "refused" }
  | { readonly kind: "cancelled" };

/**
 * Gives a model's prepared folder: at once where it is there, else made from a base that is on this machine, else fetched after asking. A second process
 * that wants the same waits for the first (progress says `waiting`) and then finds it made. Whenever it is killed, no half-made file has a final name.
 * @throws StoreError, EngineError modelDamaged; nothing else but defects
 */
export async function ensureModel(options: EnsureModelOptions): Promise<ModelOutcome> {
  const signal = options.signal ?? new AbortController().signal;
  const around = options.machine?.surroundings ?? surroundings();
  const directory = options.directory ?? storeDirectory(around);
  let preparedBytes = 0;
  try {
    const manifest = await readModelFolder(options.modelFolder);
    preparedBytes = Math.ceil(manifest.base.bytes * PREPARED_PER_BASE_BYTE);
    const source = sourceHash(manifest);
    const layout = storeLayout(directory, manifest, source);
    if (await isPreparedWhole(layout.prepared, source)) return { kind: "ready", directory: layout.prepared };
    return await new Making(options, manifest, source, layout, preparedBytes, signal).make(
      manifest.base.hub === undefined ? [] : [hubCachePath(manifest.base.hub, manifest.base.sha256, around)],
      baseSources(manifest.base, layout, options, around),
    );
  } catch (error) {
    if (signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError")))
      return { kind: "cancelled" };
    throw asStoreError(error, directory, preparedBytes);
  }
}

/** One making of one prepared folder. */
class Making {
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

  async make(otherPlaces: readonly string[], sources: readonly BaseSource[]): Promise<ModelOutcome> {
    await mkdir(this.layout.directory, { recursive: true });
    const shipped = await checkShippedFiles(this.options.modelFolder, this.manifest, this.signal);
    const base = await this.find(this.options.basePath, [this.layout.base, ...otherPlaces]);
    if (base !== undefined) return this.locked(() => this.prepare(base, shipped));

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
      if (!agreed) return { kind: "refused" };
      try {
        return await this.locked(() => this.fetchAndPrepare(source, shipped));
      } catch (error) {
        if (!(error instanceof StoreError) || !isSourcesFault(error)) throw error;
        failure = error;
      }
    }
    throw failure ?? new Error("a manifest names at least one source");
  }

  /** Asked and waited outside the lock: an open question must not hold up other windows. */
  private locked(body: () => Promise<void>): Promise<ModelOutcome> {
    const { lockFile, prepared, temporary } = this.layout;
    const onWait = () => this.onProgress({ stage: "waiting", done: 0, total: 0 });
    return withStoreLock(lockFile, this.options.machine?.lockTiming ?? LOCK_TIMING, this.signal, onWait, async () => {
      try {
        if (!(await isPreparedWhole(prepared, this.source))) {
          await this.emptyTemporary();
          await body();
        }
      } finally {
        await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
      }
      return { kind: "ready", directory: prepared };
    });
  }

  private find(named: string | undefined, places: readonly string[]): Promise<string | undefined> {
    return findBase(this.manifest.base, named, places, this.signal, this.onProgress);
  }

  private async fetchAndPrepare(source: BaseSource, shipped: ShippedFiles): Promise<void> {
    // Another process may have fetched it while this one asked or waited.
    if ((await this.find(undefined, [this.layout.base])) === undefined) {
      await this.checkSpace((await source.neededBytes()) + this.preparedBytes);
      await source.fetch(await this.emptyTemporary(), this.signal, this.onProgress);
    }
    await this.prepare(this.layout.base, shipped);
  }

  private async prepare(basePath: string, shipped: ShippedFiles): Promise<void> {
    await this.checkSpace(this.preparedBytes);
    const directory = await this.emptyTemporary();
    const request = { manifest: this.manifest, source: this.source, basePath: path.resolve(basePath), ...shipped, directory };
    const prepared = await prepareInChild(this.options.prepare, request, this.signal, (done, total) =>
      this.onProgress({ stage: "preparing", done, total }),
    );
    await commitPrepared(directory, prepared, this.layout.prepared);
  }

  private checkSpace(neededBytes: number): Promise<void> {
    return checkSpace(this.layout.directory, neededBytes, this.options.machine?.freeBytes ?? freeBytes);
  }

  /** Only under the lock: what a killed process left goes too. */
  private async emptyTemporary(): Promise<string> {
    const { temporary } = this.layout;
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
    await mkdir(temporary);
    return temporary;
  }
}

/** Whether another source may do better. */
function isSourcesFault({ failure }: StoreError): boolean {
  return ["noNetwork", "hubAnsweredHtml", "httpStatus", "wrongSize", "wrongHash", "pipFailed", "wheelDamaged"].includes(failure.kind);
}
