import { Parser, type Language, type Node } from "web-tree-sitter";
import { SYNTAX_LANGUAGES } from "../../src/region/syntaxLanguages";
import { loadGrammar } from "../unit/region/grammarFiles";

const loaded = new Map<string, Promise<Language>>();

/**
 * How many nodes of a file's tree are errors, or missing, as the extension's own grammars read it.
 * @throws Error where there is no grammar for the language
 */
export async function syntaxErrors(languageId: string, text: string): Promise<number> {
  const grammar = SYNTAX_LANGUAGES[languageId];
  if (grammar === undefined) throw new Error(`there is no grammar for ${languageId}`);
  const loading = loaded.get(languageId) ?? loadGrammar(grammar);
  loaded.set(languageId, loading);
  const language = await loading;
  const parser = new Parser().setLanguage(language);
  const tree = parser.parse(text);
  try {
    return tree === null ? 0 : countIn(tree.rootNode);
  } finally {
    tree?.delete();
    parser.delete();
  }
}

function countIn(node: Node): number {
  if (!node.hasError) return 0;
  const own = node.isError || node.isMissing ? 1 : 0;
  return node.children.reduce((sum, child) => sum + (child ? countIn(child) : 0), own);
}
