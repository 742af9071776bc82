import { EngineError } from "../../backends/engineError";
import { firstLineOf } from "./firstLineOf";
import { loadNodeRuntime } from "./loadNodeRuntime";
import { loadWebRuntime } from "./loadWebRuntime";
import { multipliesExactly } from "./multipliesExactly";
import type { LoadOneRuntime, Runtime, RuntimeInUse, RuntimeOptions } from "./runtime";
import { tryRuntime } from "./tryRuntime";

export interface RuntimeChoice {
  /** "node" or "web": only this one. Absent or empty: the native one, and where it can't be loaded the other. */
  readonly forced?: string | undefined;
  /** Absent: the real ones. */
  readonly loaders?: { readonly node: LoadOneRuntime; readonly web: LoadOneRuntime };
}

const LOADERS = { node: loadNodeRuntime, web: loadWebRuntime };

/** A runtime, and what is to be said of it. */
export interface LoadedRuntime {
  readonly runtime: Runtime;
  readonly inUse: RuntimeInUse;
}

/**
 * The fastest runtime that works on this machine, and computes int8 products as integers are multiplied.
 * @throws EngineError engineWontStart where none does; its detail begins with what was wrong with the first
 */
export async function loadRuntime(
  options: RuntimeOptions,
  { forced = process.env["UNMASK_RUNTIME"], loaders = LOADERS }: RuntimeChoice = {},
): Promise<LoadedRuntime> {
  const load = async (kind: "node" | "web"): Promise<LoadedRuntime> => {
    const runtime = await loaders[kind](options);
    await tryRuntime(runtime);
    if (await multipliesExactly(runtime)) return { runtime, inUse: { name: runtime.name } };
    const wide = await loaders[kind]({ ...options, wideProducts: true });
    if (await multipliesExactly(wide)) return { runtime: wide, inUse: { name: wide.name, wideProducts: true } };
    throw new Error("its int8 products are wrong on this processor");
  };
  if (forced === "node" || forced === "web")
    return load(forced).catch((cause: unknown) => {
      throw wontStart(`UNMASK_RUNTIME is "${forced}", and onnxruntime-${forced} cannot be used: ${firstLineOf(cause)}`, cause);
    });
  if (forced) throw wontStart(`UNMASK_RUNTIME is "${forced}", and can only be "node" or "web"`);
  let first: unknown;
  try {
    return await load("node");
  } catch (error) {
    first = error;
  }
  const insteadOfNative = firstLineOf(first);
  const { runtime, inUse } = await load("web").catch((second: unknown) => {
    const detail = `onnxruntime-node cannot be used: ${insteadOfNative}; nor can onnxruntime-web: ${firstLineOf(second)}`;
    throw wontStart(detail, new AggregateError([first, second]));
  });
  return { runtime, inUse: { ...inUse, insteadOfNative } };
}

function wontStart(detail: string, cause?: unknown): EngineError {
  return new EngineError({ kind: "engineWontStart", detail }, { cause });
}
