import type { ImportFinder } from "./importFinder";
import { folderOf, foldersUp } from "./joinPath";

const IMPORT = /^[ \t]*import[ \t]+(?:static[ \t]+)?(\w+(?:\.\w+)*)/gm;
const MOST_ENCLOSING = 2;

/** Java, Kotlin and their relatives: a class's file lies where its package says, below the folder that the file's own package begins in. */
export const jvmImports: ImportFinder = (text, path) => {
  const end = /\.\w+$/.exec(path)?.[0] ?? ".java";
  return [...text.matchAll(IMPORT)].map(([, name]) => {
    const parts = name!.split(".");
    // "a.b.C.method" and "a.b.C.Inner" are C's.
    const cuts = Array.from({ length: Math.min(MOST_ENCLOSING, parts.length) }, (_, cut) => parts.slice(0, parts.length - cut).join("/"));
    return foldersUp(folderOf(path)).flatMap((folder) => cuts.map((file) => `${folder === "" ? "" : `${folder}/`}${file}${end}`));
  });
};
