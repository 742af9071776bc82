import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Place } from "./place";

/** A line of this very project, told by its text so that edits above it don't matter: the region is what follows `upTo`. */
const DEMO = { file: "src/diffusion/mostLikely.ts", upTo: "  for (" };

/** The place that is filled where none is named. @throws Error where the file no longer has that line, which a test watches */
export function demoPlace(repository: string): Place {
  const file = join(repository, DEMO.file);
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const index = lines.findIndex((line) => line.startsWith(DEMO.upTo));
  if (index < 0) throw new Error(`${DEMO.file} has no line that begins with "${DEMO.upTo}".`);
  return { file: relative(process.cwd(), file), start: { line: index + 1, column: DEMO.upTo.length + 1 } };
}
