import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * TypeScript files, parsed.
 * @param {string} root the clone
 * @param {readonly string[]} places folders and files, relative to it
 */
export function sourceFiles(root, places) {
  return places
    .flatMap((place) => filesAt(root, place))
    .map((file) => ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.ES2023, true));
}

function filesAt(root, place) {
  if (place.endsWith(".ts")) return [place];
  return readdirSync(path.join(root, place), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => path.posix.join(place, name.replaceAll("\\", "/")));
}

/** @param {ts.SourceFile} source @param {ts.Node} node @returns {string} "src/a.ts:12" */
export function placeOf(source, node) {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}
