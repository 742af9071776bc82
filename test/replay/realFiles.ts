import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import lock from "./realFiles.lock.json";

/** A file of a published package that the adapter's training has not seen in any version, and whose package is younger than the base's data. */
export interface RealFile {
  readonly registry: "npm" | "PyPI";
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** within the package */
  readonly path: string;
  /** VS Code's language id */
  readonly language: string;
  readonly sha256: string;
}

export const REAL_FILES = lock as readonly RealFile[];
const FOLDER = join(__dirname, "../../out/realFiles");

/** Where the file's package is unpacked. */
export function packageFolder(file: RealFile): string {
  return join(FOLDER, `${file.registry}-${file.package.replace(/\W+/g, "-").replace(/^-/, "")}-${file.version}`);
}

/** npm puts a package's files into a folder of their own. */
export function placeOf(file: RealFile): string {
  return join(packageFolder(file), file.registry === "npm" ? "package" : "", file.path);
}

/** The file's text with `\n` line ends; undefined: it is not there, or another. */
export function readRealFile(file: RealFile): string | undefined {
  const place = placeOf(file);
  if (!existsSync(place)) return undefined;
  const bytes = readFileSync(place);
  if (createHash("sha256").update(bytes).digest("hex") !== file.sha256) return undefined;
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}
