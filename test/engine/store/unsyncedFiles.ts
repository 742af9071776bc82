import * as path from "node:path";

/** Files that have bytes which are not on the disk for sure, with how many are: what a power cut would leave of them, at its worst. Names are not tracked. */
export class UnsyncedFiles {
  private readonly bytesOnDisk = new Map<string, number>();
  private readonly bytesSynced = new Map<string, number>();

  entries(): [string, number][] {
    return [...this.bytesOnDisk];
  }

  add(entries: readonly [string, number][]): void {
    for (const [file, bytes] of entries) this.bytesOnDisk.set(file, bytes);
  }

  /** @param bytesAtOpen what an earlier run wrote is long on the disk */
  wrote(file: string, bytesAtOpen: number): void {
    if (!this.bytesOnDisk.has(file)) this.bytesOnDisk.set(file, this.bytesSynced.get(file) ?? bytesAtOpen);
  }

  synced(file: string, bytes: number): void {
    this.bytesOnDisk.delete(file);
    this.bytesSynced.set(file, bytes);
  }

  removed(file: string): void {
    this.bytesOnDisk.delete(file);
    this.bytesSynced.delete(file);
  }

  renamed(from: string, to: string): void {
    for (const files of [this.bytesOnDisk, this.bytesSynced])
      for (const [file, bytes] of [...files]) {
        if (file !== from && !file.startsWith(from + path.sep)) continue;
        files.delete(file);
        files.set(to + file.slice(from.length), bytes);
      }
  }
}
