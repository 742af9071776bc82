import { languageFamily } from "../languageFamily";

/** Endings of the files of a family that has several. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  script: ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte"],
  c: ["c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "m", "mm", "cu", "cuh"],
  jvm: ["java", "kt", "kts", "groovy", "scala"],
  python: ["py", "pyi"],
};

/**
 * The files whose definitions a document's own family may use, as a glob of VS Code's. Pure.
 * @param path of the document; of a family with one ending, its own says which
 * @returns undefined where that is nothing to look for by
 */
export function familyGlob(languageId: string, path: string): string | undefined {
  const family = languageFamily(languageId);
  const own = /\.(\w+)$/.exec(path)?.[1];
  const endings = Object.hasOwn(ENDINGS, family) ? ENDINGS[family]! : own === undefined ? [] : [own];
  if (endings.length === 0) return undefined;
  return endings.length === 1 ? `**/*.${endings[0]}` : `**/*.{${endings.join()}}`;
}
