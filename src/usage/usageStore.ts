import { mkdir, readFile, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { replaceFile } from "../model/replaceFile";
import { errorCode } from "../model/store/errorCode";
import type { LockTiming } from "../model/store/lockTiming";
import { withStoreLock } from "../model/store/storeLock";
import type { SettledOffer } from "./offer";
import { addCounts, addDays, countsOf, dayOf, dropOldDays, NO_COUNTS, type UsageDays } from "./usageDays";
import { formatUsage, parseUsage } from "./usageFormat";

export interface UsageStoreParts {
  /** made where there is none; only this machine's windows write in it */
  readonly directory: string;
  /** the user's clock: it decides whose day it is */
  readonly now: () => Date;
  /** Calls `run` once. @returns what prevents that */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly onLog: (line: string) => void;
}

/** Counts are written so late at most after they came: a crash loses no more than that. */
const WRITE_AFTER_MS = 10_000;
/** A write takes milliseconds; what is held for longer is a window that died with it. */
const LOCK: LockTiming = { pollMs: 20, heartbeatMs: 1_000, abandonedMs: 10_000, unreadableMs: 2_000, mostWaitMs: 15_000 };

/**
 * Counts of settled offers by day and language, in one small file that all windows share: each adds what it has counted to what is there. Holds
 * nothing of what was written, nor where.
 */
export class UsageStore {
  readonly file: string;
  private pending: UsageDays = {};
  private cancelWrite: (() => void) | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private lastTrouble: string | undefined;

  constructor(private readonly parts: UsageStoreParts) {
    this.file = path.join(parts.directory, "statistics.json");
  }

  add(settled: SettledOffer): void {
    const { languageId } = settled.offer;
    this.pending = addDays(this.pending, {
      [dayOf(this.parts.now())]: Object.fromEntries([[languageId, addCounts(NO_COUNTS, countsOf(settled))]]),
    });
    this.writeSoon();
  }

  /** All that is counted, what this window has yet to write included. Where the file can't be read, that alone. */
  async read(): Promise<UsageDays> {
    await this.flush();
    const kept = await this.readFile().catch((error: unknown) => this.sayTrouble("read", error) ?? {});
    return addDays(kept, this.pending);
  }

  /** Writes what was counted since the last time. What can't be written is kept for the next time, and said in the log. Never rejects. */
  flush(): Promise<void> {
    return this.inTurn(async () => {
      this.cancelWrite?.();
      this.cancelWrite = undefined;
      const taken = this.pending;
      if (Object.keys(taken).length === 0) return;
      this.pending = {};
      try {
        await this.locked(async (assertHeld) => {
          const days = dropOldDays(addDays(await this.readFile(), taken), dayOf(this.parts.now()));
          await assertHeld();
          await replaceFile(this.file, formatUsage(days), `${process.pid}.new`);
        });
        this.lastTrouble = undefined;
      } catch (error) {
        this.pending = addDays(taken, this.pending);
        this.sayTrouble("write", error);
      }
    });
  }

  /** Forgets everything: the file, and what this window has yet to write. @throws the file system's errors */
  delete(): Promise<void> {
    return this.inTurn(async () => {
      this.pending = {};
      await this.locked(() => rm(this.file, { force: true }));
    });
  }

  /** Writes what is left, and no more. */
  async dispose(): Promise<void> {
    await this.flush();
    this.cancelWrite?.();
  }

  private writeSoon(): void {
    this.cancelWrite ??= this.parts.after(WRITE_AFTER_MS, () => void this.flush());
  }

  /** @throws the file system's errors, save that there is no file */
  private async readFile(): Promise<UsageDays> {
    let text;
    try {
      text = await readFile(this.file, "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return {};
      throw error;
    }
    const days = parseUsage(text);
    if (days !== undefined) return days;
    // Perhaps a newer version's, perhaps half of one: its owner may still want it.
    const aside = `${this.file}.broken`;
    this.parts.onLog(
      `The statistics in ${this.file} can't be read: counting begins anew, and what was there is now ${path.basename(aside)}.`,
    );
    await rename(this.file, aside);
    return {};
  }

  private async locked(body: (assertHeld: () => Promise<void>) => Promise<void>): Promise<void> {
    await mkdir(this.parts.directory, { recursive: true });
    await withStoreLock(`${this.file}.lock`, LOCK, new AbortController().signal, () => undefined, body);
  }

  /** One at a time: what is read must be what is written over. */
  private inTurn<T>(body: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(body);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** A full disk is full at each write: the same trouble is said once, until a write succeeds. */
  private sayTrouble(what: "read" | "write", error: unknown): undefined {
    const trouble = `${what} ${errorCode(error) ?? String(error)}`;
    if (trouble === this.lastTrouble) return;
    this.lastTrouble = trouble;
    this.parts.onLog(`Unmask can't ${what} its statistics: ${error instanceof Error ? error.message : String(error)}`);
  }
}
