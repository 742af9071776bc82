import { EngineError } from "../../backends/engineError";
import { firstLineOf } from "./firstLineOf";
import { loadNodeRuntime } from "./loadNodeRuntime";
import { loadWebRuntime } from "./loadWebRuntime";
import type { LoadOneRuntime, Runtime, RuntimeInUse, RuntimeOptions } from "./runtime";
import { tryRuntime } from "./tryRuntime";

export interface RuntimeChoice {
  /** "node" or "web": only this one. Absent or empty: the native one, and where it can't be loaded the other. */
  readonly forced?: string | undefined;
  /** Absent: the real ones. */
  readonly loaders?: { readonly node: LoadOneRuntime; readonly web: LoadOneRuntime };
}

const LOADERS = { node: loadNodeRuntime, web: loadWebRuntime };

/**
 * The fastest runtime that works on this machine.
 * @throws EngineError engineWontStart where none does; its detail begins with what was wrong with the first
 */
export async function loadRuntime(
  options: RuntimeOptions,
  { forced = process.env["UNMASK_RUNTIME"], loaders = LOADERS }: RuntimeChoice = {},
): Promise<{ readonly runtime: Runtime; readonly inUse: RuntimeInUse }> {
  const load = async (kind: "node" | "web"): Promise<Runtime> => {
    const runtime = await loaders[kind](options);
    await tryRuntime(runtime);
    return runtime;
  };
  if (forced === "node" || forced === "web") {
    const runtime = await load(forced).catch((cause: unknown) => {
      throw wontStart(`UNMASK_RUNTIME is "${forced}", and onnxruntime-${forced} cannot be used: ${firstLineOf(cause)}`, cause);
    });
    return { runtime, inUse: { name: runtime.name } };
  }
  if (forced) throw wontStart(`UNMASK_RUNTIME is "${forced}", and can only be "node" or "web"`);
  let first: unknown;
  try {
    const runtime = await load("node");
    return { runtime, inUse: { name: runtime.name } };
  } catch (error) {
    first = error;
  }
  const insteadOfNative = firstLineOf(first);
  const runtime = await load("web").catch((second: unknown) => {
    const detail = `onnxruntime-node cannot be used: ${insteadOfNative}; nor can onnxruntime-web: ${firstLineOf(second)}`;
    throw wontStart(detail, new AggregateError([first, second]));
  });
  return { runtime, inUse: { name: runtime.name, insteadOfNative } };
}

function wontStart(detail: string, cause?: unknown): EngineError {
  return new EngineError({ kind: "engineWontStart", detail }, { cause });
}
