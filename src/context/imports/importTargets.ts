import { languageFamily } from "../languageFamily";
import { goImports } from "./goImports";
import type { ImportFinder } from "./importFinder";
import { includeImports } from "./includeImports";
import { jvmImports } from "./jvmImports";
import { pythonImports } from "./pythonImports";
import { rubyImports } from "./rubyImports";
import { rustImports } from "./rustImports";
import { scriptImports } from "./scriptImports";

const FINDERS: Readonly<Record<string, ImportFinder>> = {
  script: scriptImports,
  python: pythonImports,
  go: goImports,
  rust: rustImports,
  c: includeImports,
  jvm: jvmImports,
  ruby: rubyImports,
};
/** Imports stand at a file's beginning; more of it is not read for them. */
const MOST_CHARS = 20_000;
const MOST_IMPORTS = 40;

/** What a file in a language imports, in its order: see ImportFinder. Empty for a language that has none. Pure. */
export function importTargets(languageId: string, text: string, path: string): string[][] {
  const family = languageFamily(languageId);
  const find = Object.hasOwn(FINDERS, family) ? FINDERS[family] : undefined;
  const found = find?.(text.slice(0, MOST_CHARS), path).slice(0, MOST_IMPORTS) ?? [];
  return found.map((candidates) => candidates.filter(isWithin));
}

/** Whatever an import is written like, the project is not left. */
function isWithin(candidate: string): boolean {
  return !candidate.startsWith("/") && !candidate.split("/").includes("..");
}
