/** VS Code language id → the grammar that reads it; each lies in dist/grammars. */
export const SYNTAX_LANGUAGES: Readonly<Record<string, string>> = {
  typescript: "tree-sitter-typescript.wasm",
  typescriptreact: "tree-sitter-tsx.wasm",
  javascript: "tree-sitter-javascript.wasm",
  javascriptreact: "tree-sitter-javascript.wasm",
  python: "tree-sitter-python.wasm",
  go: "tree-sitter-go.wasm",
  rust: "tree-sitter-rust.wasm",
  java: "tree-sitter-java.wasm",
  c: "tree-sitter-c.wasm",
  cpp: "tree-sitter-cpp.wasm",
  csharp: "tree-sitter-c-sharp.wasm",
  ruby: "tree-sitter-ruby.wasm",
  php: "tree-sitter-php.wasm",
  html: "tree-sitter-html.wasm",
  css: "tree-sitter-css.wasm",
  json: "tree-sitter-json.wasm",
  jsonc: "tree-sitter-json.wasm",
  yaml: "tree-sitter-yaml.wasm",
  shellscript: "tree-sitter-bash.wasm",
};

/** web-tree-sitter's own module; lies beside the grammars. */
export const SYNTAX_RUNTIME = "web-tree-sitter.wasm";
