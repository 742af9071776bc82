import { extname } from "node:path";

const LANGUAGES: Readonly<Record<string, string>> = {
  ".py": "python",
  ".pyi": "python",
  ".ts": "typescript",
  ".mts": "typescript",
  ".cts": "typescript",
  ".tsx": "typescriptreact",
  ".js": "javascript",
  ".mjs": "javascript",
  ".cjs": "javascript",
  ".jsx": "javascriptreact",
};

/** VS Code's language id by the file's extension; "plaintext" where unknown. */
export function languageOf(file: string): string {
  return LANGUAGES[extname(file).toLowerCase()] ?? "plaintext";
}
