import { mkdir, rm } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/**
 * Names of a package's files, without the leading `extension/`; VS Code's own two files keep their names.
 * @param {string} vsix
 * @returns {Promise<string[]>}
 */
export async function listPackage(vsix) {
  const names = [];
  await eachFile(vsix, (entry) => names.push(entry.fileName.replace(/^extension\//, "")));
  return names;
}

/**
 * Unpacks the extension's folder, as VS Code does when it installs.
 * @param {string} vsix
 * @param {string} folder made anew
 */
export async function unpackPackage(vsix, folder) {
  await rm(folder, { recursive: true, force: true });
  await eachFile(vsix, async (entry, zip) => {
    if (!entry.fileName.startsWith("extension/")) return;
    const file = path.join(folder, entry.fileName.slice("extension/".length));
    await mkdir(path.dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
  });
}

async function eachFile(vsix, visit) {
  const zip = await openPromise(vsix);
  for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) await visit(entry, zip);
}
