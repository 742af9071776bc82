import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

/** A program of the tests as one file, which plain node starts in a tenth of a second: for tests that start many. Call `remove` at the end. */
export function bundled(source: string): { readonly entry: string; readonly remove: () => void } {
  const directory = mkdtempSync(path.join(tmpdir(), "unmask-bundle-"));
  const entry = path.join(directory, `${path.parse(source).name}.cjs`);
  buildSync({ entryPoints: [source], outfile: entry, bundle: true, platform: "node", format: "cjs", keepNames: true, logLevel: "error" });
  return { entry, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
