import type { RuntimeInUse } from "../model/runtime/runtime";

/** What the engine was started with, for people: the runtime, and the GPU provider where there is one. That it failed later stands in the log. */
export function runtimeWords({ name, provider }: RuntimeInUse): string {
  return provider === undefined ? name : `${name} with ${provider}`;
}
