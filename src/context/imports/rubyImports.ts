import type { ImportFinder } from "./importFinder";
import { folderOf, joinPath } from "./joinPath";

const REQUIRE = /^[ \t]*require(_relative)?[ \t(]+["']([^"'\n]+)["']/gm;

/** Ruby: beside the file, or below the project's `lib`. */
export const rubyImports: ImportFinder = (text, path) =>
  [...text.matchAll(REQUIRE)].flatMap(([, relative, target]) => {
    const file = joinPath(relative === undefined ? "lib" : folderOf(path), target!);
    return file === undefined ? [] : [[`${file.replace(/\.rb$/, "")}.rb`]];
  });
