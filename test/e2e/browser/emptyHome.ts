import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A place for the store where there is no model, and none that another program has could be found. */
export interface EmptyHome {
  readonly folder: string;
  /** for the server's environment */
  readonly env: Record<string, string>;
  remove(): void;
}

export function emptyHome(): EmptyHome {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-home-"));
  return {
    folder,
    env: { UNMASK_HOME: folder, HF_HOME: folder, UNMASK_MODEL_DIR: "" },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
