import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_FILE } from "../../src/model/store/readModelFolder";

/** Every folder under models/ that has a manifest. */
export function allModelFolders(): string[] {
  const models = join(__dirname, "../../models");
  return readdirSync(models)
    .sort()
    .map((name) => join(models, name))
    .filter((folder) => existsSync(join(folder, MANIFEST_FILE)));
}
