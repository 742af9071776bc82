import * as path from "node:path";
import type { Manifest } from "../manifest";
import { hubCachePaths } from "./hubCachePaths";
import { lmStudioPaths } from "./lmStudioPaths";
import { ollamaBlobPaths } from "./ollamaBlobPaths";
import type { Surroundings } from "./storeDirectory";

/**
 * Where the base may be already, the surest first: beside the manifest, where that says so; then with other programs, those that name a file by its sha256
 * before those whose names only hint. Each is looked for when it is its turn.
 */
export async function* basePlaces(base: Manifest["base"], modelFolder: string, around: Surroundings): AsyncGenerator<string> {
  if (base.beside) yield path.join(modelFolder, base.file);
  if (base.hub !== undefined) yield* hubCachePaths(base.hub, base.sha256, around);
  yield* ollamaBlobPaths(base.sha256, around);
  yield* lmStudioPaths(base, around);
}
