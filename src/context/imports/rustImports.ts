import type { ImportFinder } from "./importFinder";
import { folderOf, foldersUp, joinPath } from "./joinPath";

const MODULE = /^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gm;
const USE = /^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?use[ \t]+((?:crate|super|self)(?:::\w+)*)/gm;
/** Files whose modules lie beside them; those of any other lie in the folder with its name. */
const ROOTS = /(?:^|\/)(?:mod|lib|main)\.rs$/;

/** Rust: `mod name;`, and `use` of this crate. */
export const rustImports: ImportFinder = (text, path) => {
  const folder = folderOf(path);
  const inside = ROOTS.test(path) ? folder : path.replace(/\.rs$/, "");
  const above = ROOTS.test(path) ? joinPath(folder, "..") : folder;
  const crate = foldersUp(folder).find((up) => /(?:^|\/)src$/.test(up)) ?? "src";
  const bases: Readonly<Record<string, string | undefined>> = { crate, super: above, self: inside };
  const found = [...text.matchAll(MODULE)].map(([, name]) => moduleFiles(inside, [name!]));
  for (const [, used] of text.matchAll(USE)) {
    const [base, ...parts] = used!.split("::");
    // The path's end may be items of the module rather than modules.
    const candidates = parts.map((_, cut) => moduleFiles(bases[base!], parts.slice(0, parts.length - cut))).flat();
    if (candidates.length > 0) found.push(candidates);
  }
  return found;
};

function moduleFiles(base: string | undefined, parts: readonly string[]): string[] {
  const module = base === undefined ? undefined : joinPath(base, parts.join("/"));
  return module === undefined ? [] : [`${module}.rs`, `${module}/mod.rs`];
}
