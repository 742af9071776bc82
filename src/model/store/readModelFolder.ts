import { readFile, stat } from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../backends/engineError";
import type { Manifest } from "../manifest";
import { parseManifest } from "../parseManifest";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";

export const MANIFEST_FILE = "manifest.json";
/** A manifest is some kilobytes. */
const MOST_BYTES = 1 << 20;

/** The manifest of a folder under models/. @throws EngineError modelDamaged; StoreError shippedFileDamaged */
export async function readModelFolder(modelFolder: string): Promise<Manifest> {
  const file = path.join(modelFolder, MANIFEST_FILE);
  const damaged = (detail: string, cause?: unknown) => new EngineError({ kind: "modelDamaged", file, detail }, { cause });
  const { size } = await stat(file).catch((error: unknown) => {
    if (errorCode(error) === undefined) throw error;
    throw new StoreError(
      { kind: "shippedFileDamaged", file, detail: errorCode(error) === "ENOENT" ? "it is missing" : errorCode(error)! },
      { cause: error },
    );
  });
  if (size > MOST_BYTES) throw damaged("it is too large for a manifest");
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged("it is not JSON", error);
    throw error;
  }
  return parseManifest(json, file);
}
