import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { replaceFile } from "../model/replaceFile";
import { parseTurnRecord, type TurnRecord } from "./turnRecord";

/** A safety net for file systems that don't tell of changes (network, some containers). */
const POLL_MS = 10_000;

/**
 * The file that says who has the turn. One for each machine: a home folder may be shared, memory is not.
 * It lies in a folder of its own, so that nothing else's changes are told.
 */
export class TurnFile {
  readonly #file: string;

  constructor(
    storeDirectory: string,
    host: string,
    private readonly pollMs = POLL_MS,
  ) {
    this.#file = path.join(storeDirectory, "turn", `${host.replace(/[^\w.-]/g, "_")}.json`);
  }

  /** @returns undefined where nobody has the turn. @throws the file system's errors, save that there is no file */
  async read(): Promise<TurnRecord | undefined> {
    try {
      return parseTurnRecord(await readFile(this.#file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Replaces the record. @throws the file system's errors */
  async write(record: TurnRecord): Promise<void> {
    await replaceFile(this.#file, JSON.stringify(record), record.id);
  }

  /** Calls `onChange` when the file may have changed: at once where the system tells, else within some seconds. @returns what ends that */
  watch(onChange: () => void): () => void {
    const poll = setInterval(onChange, this.pollMs).unref();
    let stopWatching = (): void => undefined;
    try {
      const watcher = watch(path.dirname(this.#file), { persistent: false }, (_event, name) => {
        if (name === null || name === path.basename(this.#file)) onChange();
      });
      stopWatching = () => watcher.close();
      // The poll goes on alone.
      watcher.on("error", stopWatching);
    } catch {
      // No watch is to be had (none are left, or the system has none): the poll goes on alone.
    }
    return () => {
      clearInterval(poll);
      stopWatching();
    };
  }
}
