import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "../..");

/** package.json as VS Code reads it: each `%key%` is what the table of the language says. @param language undefined: English */
export function readManifest(language?: string): unknown {
  const name = language === undefined ? "package.nls.json" : `package.nls.${language}.json`;
  const table = JSON.parse(readFileSync(path.join(ROOT, name), "utf8")) as Record<string, string>;
  return JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"), (_, value: unknown) => {
    const key = typeof value === "string" ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    if (key === undefined) return value;
    if (!Object.hasOwn(table, key)) throw new Error(`${name} has no ${key}`);
    return table[key];
  });
}
