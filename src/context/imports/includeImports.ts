import type { ImportFinder } from "./importFinder";
import { folderOf, foldersUp, joinPath } from "./joinPath";

const INCLUDE = /^[ \t]*#[ \t]*(?:include|import)[ \t]*["<]([^">\n]+)[">]/gm;

/** C and its relatives: beside the file, from a folder above it, or below the project's `include` and `src`. */
export const includeImports: ImportFinder = (text, path) =>
  [...text.matchAll(INCLUDE)].map(([, target]) =>
    [...new Set([...foldersUp(folderOf(path)), "include", "src"])].flatMap((folder) => joinPath(folder, target!) ?? []),
  );
