import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Files of one imported folder that are looked at. */
const MOST_IN_FOLDER = 8;

/**
 * Which of the files that imports may mean exist.
 * @param targets of each import its candidates, as importTargets gives them
 * @param root the folder they are below @param own the importing file, which is left out
 * @returns absolute paths, in the imports' order, each once, at most `most`
 */
export async function findImports(targets: readonly (readonly string[])[], root: string, own: string, most: number): Promise<string[]> {
  const found = new Set<string>();
  for (const candidates of targets) {
    if (found.size >= most) break;
    for (const file of await firstThatExists(candidates, root, path.extname(own))) if (file !== own) found.add(file);
  }
  return [...found].slice(0, most);
}

async function firstThatExists(candidates: readonly string[], root: string, extension: string): Promise<string[]> {
  for (const candidate of candidates) {
    const file = path.join(root, candidate);
    if (candidate.endsWith("/")) {
      const names = await readdir(file).catch(() => []);
      const files = names.filter((name) => path.extname(name) === extension).slice(0, MOST_IN_FOLDER);
      if (files.length > 0) return files.map((name) => path.join(file, name));
    } else if ((await stat(file).catch(() => undefined))?.isFile() === true) return [file];
  }
  return [];
}
