import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { placeholders } from "./extractMessages.mjs";

/**
 * The tables of words: package.nls*.json for package.json, l10n/bundle.l10n*.json for the sources. In each kind the one without a language is English.
 * @param {string} root the clone
 * @param {"package" | "bundle"} kind
 * @returns {Map<string, Record<string, string>>} by language; English is "en"
 */
export function readTables(root, kind) {
  const [folder, stem] = kind === "package" ? ["", "package.nls"] : ["l10n", "bundle.l10n"];
  const tables = new Map();
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    const language = name === `${stem}.json` ? "en" : /^(?:package\.nls|bundle\.l10n)\.([\w-]+)\.json$/.exec(name)?.[1];
    if (language !== undefined) tables.set(language, JSON.parse(readFileSync(path.join(root, folder, name), "utf8")));
  }
  return tables;
}

/**
 * What a language's table lacks, has too much, or has with other placeholders than English: a sentence for each.
 * @param {Record<string, string>} english
 * @param {Record<string, string>} other
 * @returns {string[]}
 */
export function differences(english, other) {
  const faults = [];
  for (const [key, text] of Object.entries(english)) {
    const said = Object.hasOwn(other, key) ? other[key] : undefined;
    if (typeof said !== "string" || said.trim() === "") faults.push(`lacks ${JSON.stringify(key)}`);
    else if (placeholders(said).join() !== placeholders(text).join())
      faults.push(
        `has the placeholders ${placeholders(said).join(" ") || "none"} in ${JSON.stringify(key)}, not ${placeholders(text).join(" ") || "none"}`,
      );
    else if (commandLinks(said) !== commandLinks(text)) faults.push(`has other links in ${JSON.stringify(key)}`);
  }
  for (const key of Object.keys(other)) if (!Object.hasOwn(english, key)) faults.push(`has ${JSON.stringify(key)}, which nobody says`);
  return faults;
}

/** The commands that a walkthrough's description has as links. */
function commandLinks(text) {
  return [...text.matchAll(/\(command:[^)]+\)/g)].map(([link]) => link).join();
}

/** Every `%key%` of package.json. @param {string} manifest its text @returns {string[]} */
export function manifestKeys(manifest) {
  return [...new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key))];
}
