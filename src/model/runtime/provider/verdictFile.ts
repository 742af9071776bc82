import { readFile } from "node:fs/promises";
import { replaceFile } from "../../replaceFile";
import { parseVerdict, type Verdict } from "./verdict";

/** The verdict on disk, beside a prepared folder: what lies in one is only what its `prepared.json` names. */
export class VerdictFile {
  readonly path: string;

  constructor(preparedDirectory: string) {
    this.path = `${preparedDirectory}.provider.json`;
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
