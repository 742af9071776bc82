import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../../replaceFile";
import { parseVerdict, type Verdict } from "./verdict";

/** The verdict on one prepared model, in the store: the model itself may lie in a folder of the user's own. */
export class VerdictFile {
  readonly path: string;

  /** @param fingerprint of the prepared model */
  constructor(storeDirectory: string, fingerprint: string) {
    this.path = join(storeDirectory, "providers", `${fingerprint.slice(0, 16)}.json`);
  }

  /** @returns undefined where there is none, or garbage: then the providers are probed. @throws what the file system says otherwise */
  async read(): Promise<Verdict | undefined> {
    try {
      return parseVerdict(await readFile(this.path, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** @throws what the file system says */
  async write(verdict: Verdict): Promise<void> {
    await replaceFile(this.path, `${JSON.stringify(verdict, null, 2)}\n`, `${process.pid}`);
  }
}
