/** Endings of the files of each family in which definitions are found by their words; in others a search finds next to nothing. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  script: ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte"],
  c: ["c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "m", "mm", "cu", "cuh"],
  jvm: ["java", "kt", "kts", "groovy", "scala"],
  python: ["py", "pyi"],
  go: ["go"],
  rust: ["rs"],
  csharp: ["cs"],
  ruby: ["rb"],
  php: ["php"],
  swift: ["swift"],
  dart: ["dart"],
  zig: ["zig"],
  lua: ["lua"],
};

/**
 * The files whose definitions a language family's documents may use, as a glob of VS Code's. Pure.
 * @returns undefined where a search is not worth its reading
 */
export function familyGlob(family: string): string | undefined {
  if (!Object.hasOwn(ENDINGS, family)) return undefined;
  const endings = ENDINGS[family]!;
  return endings.length === 1 ? `**/*.${endings[0]}` : `**/*.{${endings.join()}}`;
}
