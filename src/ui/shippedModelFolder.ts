import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { EngineError } from "../backends/engineError";

/** The model that ships with the extension: the first folder under models/ that has a manifest. @throws EngineError modelMissing */
export function shippedModelFolder(extensionFolder: string): string {
  const models = path.join(extensionFolder, "models");
  const names = existsSync(models) ? readdirSync(models).sort() : [];
  const name = names.find((candidate) => existsSync(path.join(models, candidate, "manifest.json")));
  if (name === undefined) throw new EngineError({ kind: "modelMissing", directory: models });
  return path.join(models, name);
}
