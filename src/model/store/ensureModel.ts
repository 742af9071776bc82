import { asStoreError } from "./asStoreError";
import { basePlaces } from "./basePlaces";
import { baseSources } from "./baseSources";
import type { EnsureModelOptions } from "./ensureModelOptions";
import { isPreparedWhole } from "./isPreparedWhole";
import { LOCK_TIMING } from "./lockTiming";
import { Making } from "./making";
import { markPreparedUsed } from "./markPreparedUsed";
import { readModelFolder } from "./readModelFolder";
import { sourceHash } from "./sourceHash";
import { storeDirectory, surroundings } from "./storeDirectory";
import { storeLayout } from "./storeLayout";
import { tidyStore } from "./tidyStore";

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
    if (!(await isPreparedWhole(layout.prepared, source))) {
      const making = new Making(options, manifest, source, layout, preparedBytes, signal);
      const places = basePlaces(manifest.base, options.modelFolder, around);
      if ((await making.make(places, baseSources(manifest.base, layout, options, around))) === "refused") return { kind: "refused" };
    }
    await markPreparedUsed(layout.prepared);
    await tidyStore(layout, manifest.name, options.machine?.lockTiming ?? LOCK_TIMING, signal);
    return { kind: "ready", directory: layout.prepared };
  } catch (error) {
    if (signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError")))
      return { kind: "cancelled" };
    throw asStoreError(error, directory, preparedBytes);
  }
}
