import type { ImportFinder } from "./importFinder";
import { folderOf } from "./joinPath";

const BLOCK = /^import\s*(?:\(([^)]*)\)|(?:[\w.]+[ \t]+)?("[^"\n]+"))/gm;

/** Go: the package's own folder, and packages of the project: an import path ends with the folder's, what stands before it is the module's name. */
export const goImports: ImportFinder = (text, path) => {
  const own = folderOf(path);
  const found = [[own === "" ? "./" : `${own}/`]];
  for (const [, block, single] of text.matchAll(BLOCK)) {
    for (const [, target] of (block ?? single!).matchAll(/"([^"\n]+)"/g)) {
      const parts = target!.split("/");
      // A name without a folder before it is the standard library's.
      if (parts.length > 1) found.push(parts.slice(1).map((_, from) => `${parts.slice(from + 1).join("/")}/`));
    }
  }
  return found;
};
