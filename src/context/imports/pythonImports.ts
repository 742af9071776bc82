import type { ImportFinder } from "./importFinder";
import { folderOf, foldersUp, joinPath } from "./joinPath";

const FROM = /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?([^)\n#]*)/gm;
const IMPORT = /^[ \t]*import[ \t]+([\w., \t]+)/gm;

/** Python: a module beside the file, in a package above it, or below the project's `src`. */
export const pythonImports: ImportFinder = (text, path) => {
  const folder = folderOf(path);
  const found: string[][] = [];
  for (const [, dots, module, names] of text.matchAll(FROM)) {
    const bases = dots === "" ? basesOf(folder) : [joinPath(folder, "../".repeat(dots!.length - 1))];
    const parts = module!.split(".").filter(Boolean);
    // "from . import a, b": each name may be a module.
    const modules = parts.length > 0 ? [parts] : words(names!).map((name) => [name]);
    for (const each of modules) found.push(candidates(bases, each));
    if (parts.length > 0) for (const name of words(names!)) found.push(candidates(bases, [...parts, name], false));
  }
  for (const [, modules] of text.matchAll(IMPORT)) {
    for (const module of modules!.split(",")) {
      const parts = module.trim().split(/\s/, 1)[0]!.split(".").filter(Boolean);
      if (parts.length > 0) found.push(candidates(basesOf(folder), parts));
    }
  }
  return found.filter((paths) => paths.length > 0);
};

function basesOf(folder: string): string[] {
  return [...new Set([...foldersUp(folder), "src", "lib"])];
}

function candidates(bases: readonly (string | undefined)[], parts: readonly string[], mayBePackage = true): string[] {
  return bases.flatMap((base) => {
    const module = base === undefined ? undefined : joinPath(base, parts.join("/"));
    if (module === undefined) return [];
    return mayBePackage ? [`${module}.py`, `${module}.pyi`, `${module}/__init__.py`] : [`${module}.py`];
  });
}

function words(list: string): string[] {
  return list.split(",").flatMap((item) => /^\s*(\w+)/.exec(item)?.[1] ?? []);
}
