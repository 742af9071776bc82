import { isProcessAlive } from "../isProcessAlive";
import type { SeenLock } from "./lockFile";
import type { LockTiming } from "./lockTiming";
import { pidSpace } from "./pidSpace";

/**
 * Whether nobody stands behind a lock any more.
 * @param stillMs for how long it was watched without a heartbeat
 * @param heldHere tokens of the locks that this very process holds
 */
export function isAbandoned(
  { holder, ageMs }: SeenLock,
  stillMs: number,
  heldHere: ReadonlySet<string>,
  timing: Pick<LockTiming, "abandonedMs" | "unreadableMs">,
): boolean {
  // Here the clock may be asked: should it err, `AssertHeld` stops the one whose lock was taken while it wrote it.
  if (holder === undefined) return Math.max(stillMs, ageMs) >= timing.unreadableMs;
  if (holder.host === pidSpace()) {
    // Our own id, yet not our lock: one before us had it, or our own removal of the lock failed.
    if (holder.pid === process.pid && !heldHere.has(holder.token ?? "")) return true;
    if (!isProcessAlive(holder.pid)) return true;
  }
  return stillMs >= timing.abandonedMs;
}
