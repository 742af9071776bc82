import type { Manifest } from "../manifest";
import { hubCachePaths } from "./hubCachePaths";
import { lmStudioPaths } from "./lmStudioPaths";
import { ollamaBlobPaths } from "./ollamaBlobPaths";
import type { Surroundings } from "./storeDirectory";

/**
 * Where other programs may have the base already, the surest first: those that name a file by its sha256, then those whose names only hint. Each is
 * looked for when it is its turn.
 */
export async function* basePlaces(base: Manifest["base"], around: Surroundings): AsyncGenerator<string> {
  if (base.hub !== undefined) yield* hubCachePaths(base.hub, base.sha256, around);
  yield* ollamaBlobPaths(base.sha256, around);
  yield* lmStudioPaths(base, around);
}
