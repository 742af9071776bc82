import * as path from "node:path";
import type { Manifest } from "../manifest";
import { PREPARED_VERSION } from "../preparedModel";

/** Where everything lies in the store directory. */
export interface StoreLayout {
  readonly directory: string;
  readonly lockFile: string;
  /** whole and verified; the sha256 in its name keeps two models' bases apart */
  readonly base: string;
  readonly basePart: string;
  /** one a model, source and version: a new one never replaces files that a running engine reads */
  readonly prepared: string;
}

export function storeLayout(directory: string, manifest: Manifest, source: string): StoreLayout {
  const base = path.join(directory, "base", `${manifest.base.sha256.slice(0, 12)}-${manifest.base.file}`);
  return {
    directory,
    lockFile: path.join(directory, "lock"),
    base,
    basePart: `${base}.part`,
    prepared: path.join(directory, "prepared", `${manifest.name}-v${PREPARED_VERSION}-${source.slice(0, 16)}`),
  };
}
