import type { Runtime } from "../runtime";
import { GuardedSession } from "./guardedSession";

/** A GPU provider that was measured, and what is to happen when it fails. */
export interface ProviderToUse {
  /** as onnxruntime names it */
  readonly provider: string;
  /** Called once, at the first failure; the CPU carries on after it. Where it throws, that is thrown instead. */
  readonly onFailure: (cause: unknown) => Promise<void>;
}

/**
 * Opens a prepared model on a GPU provider, with the CPU behind it.
 * @returns undefined where it does not open: `onFailure` knows why. The same where the runtime has no providers
 */
export async function openOnProvider(
  runtime: Runtime,
  directory: string,
  { provider, onFailure }: ProviderToUse,
): Promise<GuardedSession | undefined> {
  if (runtime.name !== "onnxruntime-node") return undefined;
  try {
    const session = await runtime.openFolder(directory, provider);
    return new GuardedSession(session, () => runtime.openFolder(directory), onFailure);
  } catch (cause) {
    await onFailure(cause);
    return undefined;
  }
}
