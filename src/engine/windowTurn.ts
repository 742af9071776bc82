import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { decideTurn } from "./decideTurn";
import { isProcessAlive } from "../model/isProcessAlive";
import type { Turn } from "./turn";
import type { TurnFile } from "./turnFile";

export interface WindowTurnOptions {
  readonly file: TurnFile;
  /** Whether who waited for the turn still wants it: the user may have gone to another window. Absent: yes. */
  readonly isStillWanted?: () => boolean;
  /** A turn lasts so long at least, where somebody else wants it. Absent: 5 s, which is a load and some answers. */
  readonly minTurnMs?: number;
  readonly onLog?: (line: string) => void;
}

/**
 * The windows of one user take turns: the one that asks claims the turn by writing its name into a file; the one that had it sees that, and ends its
 * engine. Nobody asks for leave, so nobody has to answer: a window that hangs or was killed blocks nobody. Where the file can't be written (a full
 * disk, a read-only one) there are no turns, and every window has its engine.
 *
 * Why turns and not one engine for all: a shared one outlives the window that started it or dies with it, a crash or a hang of it touches all
 * windows, the text of one window would be in a process of another's, and each change of window would throw the KV cache away all the same. The
 * price is a load when one goes to another window, which begins when that window gets the focus.
 */
export class WindowTurn implements Turn {
  onLost: () => void = () => undefined;
  readonly #id = randomUUID();
  #stopWatching: (() => void) | undefined;
  #checking = false;
  #checkAgain = false;

  constructor(private readonly options: WindowTurnOptions) {}

  async take(signal: AbortSignal): Promise<boolean> {
    this.rest();
    try {
      if (!(await this.#untilFree(signal))) return false;
      await this.options.file.write({ id: this.#id, pid: process.pid, claimedAtMs: Date.now() });
    } catch (error) {
      if (signal.aborted) throw error;
      this.options.onLog?.(`Windows don't take turns with the engine, each has its own: ${String(error)}`);
      return true;
    }
    this.#stopWatching = this.options.file.watch(() => void this.#check());
    // What was written between the claim and the watch is not told.
    void this.#check();
    return true;
  }

  rest(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  /** Whether another window that still lives has the turn. False where that can't be read. */
  async isElsewhere(): Promise<boolean> {
    const record = await this.options.file.read().catch(() => undefined);
    return record !== undefined && record.id !== this.#id && isProcessAlive(record.pid);
  }

  async #untilFree(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      const decision = decideTurn(this.#id, await this.options.file.read(), isProcessAlive, Date.now(), this.options.minTurnMs ?? 5_000);
      signal.throwIfAborted();
      if (decision.kind === "take") return true;
      // Of several that wait not always the same one shall come first.
      await sleep(decision.waitMs * (1 + Math.random() / 10), undefined, { signal });
      if (this.options.isStillWanted?.() === false) return false;
    }
  }

  /** One look at a time, and another one after it where something changed meanwhile. */
  async #check(): Promise<void> {
    this.#checkAgain = this.#checking;
    if (this.#checking) return;
    this.#checking = true;
    try {
      // A file that is gone or can't be read says nothing: who wants the turn writes it anew.
      const record = await this.options.file.read().catch(() => undefined);
      if (record === undefined || record.id === this.#id || !this.#stopWatching) return;
      this.rest();
      this.onLost();
    } finally {
      this.#checking = false;
      if (this.#checkAgain && this.#stopWatching) void this.#check();
    }
  }
}
