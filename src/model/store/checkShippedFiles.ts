import * as path from "node:path";
import type { Manifest } from "../manifest";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";
import { verifyFile } from "./verifyFile";

export interface ShippedFiles {
  readonly adapterPath?: string;
  readonly vocabularyPath?: string;
}

/** Paths of adapter and vocabulary beside the manifest, verified. @throws StoreError shippedFileDamaged; the signal's reason */
export async function checkShippedFiles(modelFolder: string, manifest: Manifest, signal: AbortSignal): Promise<ShippedFiles> {
  const check = async (entry: NonNullable<Manifest["adapter"]>) => {
    const file = path.join(modelFolder, entry.file);
    try {
      await verifyFile(file, entry, "named", signal, () => undefined);
    } catch (error) {
      const detail =
        error instanceof StoreError
          ? "it is not the file that the manifest names"
          : errorCode(error) === "ENOENT"
            ? "it is missing"
            : errorCode(error);
      if (detail === undefined) throw error;
      throw new StoreError({ kind: "shippedFileDamaged", file, detail }, { cause: error });
    }
    return file;
  };
  return {
    ...(manifest.adapter === undefined ? {} : { adapterPath: await check(manifest.adapter) }),
    ...(manifest.vocabulary === undefined ? {} : { vocabularyPath: await check(manifest.vocabulary) }),
  };
}
