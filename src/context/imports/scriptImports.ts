import type { ImportFinder } from "./importFinder";
import { folderOf, joinPath } from "./joinPath";

const IMPORT = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["']([^"'\n]+)["']/g;
const ENDS = [".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs", ".d.ts", ".vue", ".svelte"];
/** In TypeScript's own modules `./a.js` means `a.ts`. */
const WRITTEN_AS_SCRIPT = /\.([cm]?)js(x?)$/;

/** TypeScript and JavaScript: relative paths. A package's name is none of the project's files. */
export const scriptImports: ImportFinder = (text, path) =>
  [...text.matchAll(IMPORT)].flatMap(([, target]) => {
    if (!target!.startsWith(".")) return [];
    const file = joinPath(folderOf(path), target!);
    if (file === undefined) return [];
    // The folder that the project begins in: it has an index, and no name of its own.
    if (file === "") return [ENDS.slice(0, 4).map((end) => `index${end}`)];
    const written = file.replace(WRITTEN_AS_SCRIPT, ".$1ts$2");
    return [[...new Set([written, file, ...ENDS.map((end) => file + end), ...ENDS.slice(0, 4).map((end) => `${file}/index${end}`)])]];
  });
