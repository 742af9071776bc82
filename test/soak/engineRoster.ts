import { setTimeout as sleep } from "node:timers/promises";
import type { EngineClient } from "../../src/engine/client";
import { isProcessAlive } from "../../src/model/isProcessAlive";

/** All engines that there were, and the newest. */
export class EngineRoster {
  private readonly engines: EngineClient[] = [];
  private readySinceMs: number | undefined;

  add(engine: EngineClient): void {
    this.engines.push(engine);
    this.readySinceMs = undefined;
  }

  /** The newest has loaded. */
  markReady(nowMs: number): void {
    this.readySinceMs ??= nowMs;
  }

  get count(): number {
    return this.engines.length;
  }

  /** The newest engine, if its process is there; without `readySinceMs` while it loads. */
  newest(): { readonly pid: number; readonly readySinceMs?: number } | undefined {
    const pid = this.engines.at(-1)?.pid;
    if (pid === undefined || !isProcessAlive(pid)) return undefined;
    return { pid, ...(this.readySinceMs !== undefined && { readySinceMs: this.readySinceMs }) };
  }

  /** Process ids of those that are still there after `withinMs`. */
  async leftAfter(withinMs: number): Promise<number[]> {
    const untilMs = performance.now() + withinMs;
    for (;;) {
      const left = this.engines.flatMap(({ pid }) => (pid !== undefined && isProcessAlive(pid) ? [pid] : []));
      if (left.length === 0 || performance.now() > untilMs) return left;
      await sleep(50);
    }
  }
}
