import { existsSync, statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { readPrepared } from "../../src/engine/readPrepared";
import type { Manifest } from "../../src/model/manifest";
import { PREPARED_FILE, PREPARED_VERSION, type PreparedModel } from "../../src/model/preparedModel";
import { sha256OfFile } from "../../src/model/sha256OfFile";
import { basePlaces } from "../../src/model/store/basePlaces";
import { checkShippedFiles } from "../../src/model/store/checkShippedFiles";
import { commitPrepared } from "../../src/model/store/commitPrepared";
import { findBase } from "../../src/model/store/findBase";
import { isPreparedWhole } from "../../src/model/store/isPreparedWhole";
import { prepareInChild } from "../../src/model/store/prepareInChild";
import { MANIFEST_FILE, readModelFolder } from "../../src/model/store/readModelFolder";
import { sourceHash } from "../../src/model/store/sourceHash";
import { storeDirectory, surroundings } from "../../src/model/store/storeDirectory";
import { storeLayout } from "../../src/model/store/storeLayout";
import { shippedModelFolder } from "../../src/ui/shippedModelFolder";
import { EvalError } from "./evalError";
import { labelled } from "./labelled";

const root = join(__dirname, "../..");
/** Prepared models of half a gigabyte each; deleting the folder costs a minute a model. */
const CACHE = join(root, "out/eval");

/** A model that can answer. */
export interface EvalModel {
  readonly label: string;
  readonly directory: string;
  readonly prepared: PreparedModel;
}

/**
 * Gives prepared models: of a folder with a manifest, of an adapter's file (for the base of the model that ships), of the base alone; makes those that
 * are not there yet.
 */
export class Models {
  constructor(
    private readonly namedBase: string | undefined,
    private readonly signal: AbortSignal,
    private readonly say: (line: string) => void,
  ) {}

  /** @throws EvalError noModel; StoreError, EngineError where it can't be made */
  async open(spec: string): Promise<EvalModel> {
    const { label, path } = labelled(spec);
    const is = (name: string) => existsSync(join(path, name));
    if (is(PREPARED_FILE)) return { label, directory: path, prepared: await readPrepared(path) };
    if (is(MANIFEST_FILE)) return this.prepared(label, path, await readModelFolder(path));
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile()) {
      const folder = shippedModelFolder(root);
      const manifest = await readModelFolder(folder);
      const adapter = { file: basename(path), bytes: status.size, sha256: await sha256OfFile(path, this.signal) };
      return this.prepared(label, folder, { ...manifest, adapter }, path);
    }
    const detail = status ? "is neither a folder under models/, nor a prepared model, nor an adapter" : "does not exist";
    throw new EvalError({ kind: "noModel", path, detail });
  }

  /** The base with the vocabulary of the model that ships, and no adapter. */
  async openBaseAlone(): Promise<EvalModel> {
    const folder = shippedModelFolder(root);
    return this.prepared("base alone", folder, withoutAdapter(await readModelFolder(folder)));
  }

  /** Where the base's weights are. @throws EvalError noModel */
  async base(folder = shippedModelFolder(root), manifest?: Manifest): Promise<string> {
    const { base, ...rest } = manifest ?? (await readModelFolder(folder));
    const named = base.beside ? undefined : (this.namedBase ?? process.env["UNMASK_BASE_GGUF"]);
    const kept = storeLayout(storeDirectory(), { base, ...rest }, sourceHash({ base, ...rest })).base;
    const places = async function* () {
      yield kept;
      yield* basePlaces(base, folder, surroundings());
    };
    const found = await findBase(base, named, places(), this.signal, () => undefined);
    if (found) return found.path;
    throw new EvalError({
      kind: "noModel",
      path: base.file,
      detail: 'is not on this machine: run "npm start" once, or name it with --base',
    });
  }

  /** @param adapterPath absent: the folder's own, if its manifest names one */
  private async prepared(label: string, folder: string, manifest: Manifest, adapterPath?: string): Promise<EvalModel> {
    const source = sourceHash(manifest);
    const inStore = storeLayout(storeDirectory(), manifest, source).prepared;
    const cached = join(CACHE, `${manifest.name}-v${PREPARED_VERSION}-${source.slice(0, 16)}`);
    for (const directory of [inStore, cached])
      if (await isPreparedWhole(directory, source)) return { label, directory, prepared: await readPrepared(directory) };

    const shipped = await checkShippedFiles(folder, adapterPath === undefined ? manifest : withoutAdapter(manifest), this.signal);
    const basePath = await this.base(folder, manifest);
    this.say(`preparing ${label}`);
    await mkdir(CACHE, { recursive: true });
    const directory = join(CACHE, `tmp-${process.pid}`);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory);
    try {
      const prepared = await prepareInChild(
        { entry: join(root, "dist/prepare.cjs") },
        {
          manifest,
          basePath,
          ...shipped,
          ...(adapterPath !== undefined && { adapterPath }),
          directory,
          source,
        },
        this.signal,
        () => undefined,
      );
      await commitPrepared(directory, prepared, cached, () => Promise.resolve());
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return { label, directory: cached, prepared: await readPrepared(cached) };
  }
}

function withoutAdapter(manifest: Manifest): Manifest {
  const copy: { adapter?: unknown } & Manifest = { ...manifest };
  delete copy.adapter;
  return copy;
}
