import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Manifest } from "../../src/model/manifest";
import { parseManifest } from "../../src/model/parseManifest";
import { prepareModel } from "../../src/model/prepare";
import { PREPARED_FILE } from "../../src/model/preparedModel";
import { errorCode } from "../../src/model/store/errorCode";
import type { Precision } from "../../src/model/weights";
import { EvalError } from "./evalError";

export interface ModelToPrepare {
  /** the manifest's file; the adapter's and the vocabulary's lie beside it */
  readonly manifest: string;
  /** the base's weights */
  readonly base: string;
  readonly precision: Precision;
  readonly withAdapter: boolean;
}

/**
 * Prepares a model in a temporary folder, which is gone again however this ends: half a gigabyte, or two in float32.
 * @param signal ends the preparing; `use` has to heed it by itself
 * @throws EvalError noModel; EngineError modelDamaged; the file system's errors, the signal's reason, and as `use`
 */
export async function withPreparedModel<T>(
  { manifest: file, base, precision, withAdapter }: ModelToPrepare,
  signal: AbortSignal,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const manifest = await readManifest(file);
  const beside = (name: string) => join(dirname(file), name);
  const directory = await mkdtemp(join(tmpdir(), "unmask-bits-"));
  try {
    const model = await prepareModel({
      manifest,
      basePath: base,
      ...(manifest.adapter && withAdapter && { adapterPath: beside(manifest.adapter.file) }),
      ...(manifest.vocabulary && { vocabularyPath: beside(manifest.vocabulary.file) }),
      directory,
      source: "bits per byte",
      precision,
      signal,
    });
    await writeFile(join(directory, PREPARED_FILE), JSON.stringify(model));
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function readManifest(file: string): Promise<Manifest> {
  try {
    return parseManifest(JSON.parse(await readFile(file, "utf8")), file);
  } catch (error) {
    const detail = error instanceof SyntaxError ? "is no JSON" : errorCode(error) && `can't be read (${errorCode(error)})`;
    if (detail === undefined) throw error;
    throw new EvalError({ kind: "noModel", path: file, detail }, { cause: error });
  }
}
