/** VS Code language id → the grammar that reads it; each lies in dist/grammars. */
export const SYNTAX_LANGUAGES: Readonly<Record<string, string>> = {
  typescript: "tree-sitter-typescript.wasm",
  typescriptreact: "tree-sitter-tsx.wasm",
  javascript: "tree-sitter-javascript.wasm",
  javascriptreact: "tree-sitter-javascript.wasm",
  python: "tree-sitter-python.wasm",
};

/** web-tree-sitter's own module; lies beside the grammars. */
export const SYNTAX_RUNTIME = "web-tree-sitter.wasm";
