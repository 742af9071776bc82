const COLLECTION = "@vscode/tree-sitter-wasm/wasm";

/** What VS Code's own collection of grammars holds and Unmask uses. */
const COLLECTED = ["bash", "c-sharp", "cpp", "css", "go", "java", "javascript", "php", "python", "ruby", "rust", "tsx", "typescript"];

/**
 * The grammars that ship, by their file's name in dist/grammars: where each lies below node_modules. C, HTML, JSON and YAML, which the
 * collection lacks, come from their authors' packages. Its grammar of PowerShell stays out: V8 optimizes its lexer for twelve seconds.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const GRAMMARS = {
  ...Object.fromEntries(COLLECTED.map((name) => [`tree-sitter-${name}.wasm`, `${COLLECTION}/tree-sitter-${name}.wasm`])),
  "tree-sitter-c.wasm": "tree-sitter-c/tree-sitter-c.wasm",
  "tree-sitter-html.wasm": "tree-sitter-html/tree-sitter-html.wasm",
  "tree-sitter-json.wasm": "tree-sitter-json/tree-sitter-json.wasm",
  "tree-sitter-yaml.wasm": "@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm",
};
