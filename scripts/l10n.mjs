// Writes l10n/bundle.l10n.json, which holds every message of the sources, and lists what each language lacks: node scripts/l10n.mjs
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { differences, manifestKeys, readTables } from "./l10n/bundles.mjs";
import { extractMessages, SPOKEN } from "./l10n/extractMessages.mjs";
import { sourceFiles } from "./l10n/sourceFiles.mjs";

const root = path.resolve(import.meta.dirname, "..");
const { messages, faults } = extractMessages(sourceFiles(root, SPOKEN));
const english = Object.fromEntries([...messages.keys()].sort().map((message) => [message, message]));
await writeFile(path.join(root, "l10n/bundle.l10n.json"), `${JSON.stringify(english, null, 2)}\n`);
console.log(`l10n/bundle.l10n.json: ${messages.size} messages`);

const manifest = manifestKeys(await readFile(path.join(root, "package.json"), "utf8"));
for (const kind of /** @type {const} */ (["package", "bundle"])) {
  const tables = readTables(root, kind);
  if (kind === "package")
    faults.push(
      ...differences(Object.fromEntries(manifest.map((key) => [key, tables.get("en")[key] ?? ""])), tables.get("en")).map(
        (fault) => `package.nls.json ${fault}`,
      ),
    );
  for (const [language, table] of tables)
    if (language !== "en")
      faults.push(
        ...differences(tables.get("en"), table).map(
          (fault) => `${kind === "package" ? "package.nls" : "bundle.l10n"}.${language}.json ${fault}`,
        ),
      );
}
for (const fault of faults) console.error(`FAULT ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
