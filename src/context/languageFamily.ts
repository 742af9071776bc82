/** Languages whose files know each other's definitions; any other is a family of its own. */
const FAMILIES: Readonly<Record<string, string>> = {
  typescript: "script",
  typescriptreact: "script",
  javascript: "script",
  javascriptreact: "script",
  vue: "script",
  svelte: "script",
  c: "c",
  cpp: "c",
  "objective-c": "c",
  "objective-cpp": "c",
  "cuda-cpp": "c",
  java: "jvm",
  kotlin: "jvm",
  groovy: "jvm",
  scala: "jvm",
};

/** The family of a VS Code language id. */
export function languageFamily(languageId: string): string {
  return Object.hasOwn(FAMILIES, languageId) ? FAMILIES[languageId]! : languageId;
}
