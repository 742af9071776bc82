import { createRequire } from "node:module";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { GRAMMARS } from "../../../scripts/packaging/grammars.mjs";

const modules = path.resolve(path.dirname(createRequire(__filename).resolve("web-tree-sitter")), "..");

/** Where a grammar that ships lies in a clone. */
export function grammarFile(grammar: string): string {
  return path.join(modules, GRAMMARS[grammar]!);
}

export async function loadGrammar(grammar: string): Promise<Language> {
  await Parser.init();
  return Language.load(grammarFile(grammar));
}
