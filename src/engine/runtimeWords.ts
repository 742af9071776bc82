import type { RuntimeInUse } from "../model/runtime/runtime";

/** What computes, for people: the runtime, and the GPU provider where one does. */
export function runtimeWords({ name, provider }: RuntimeInUse): string {
  return provider === undefined ? name : `${name} with ${provider}`;
}
