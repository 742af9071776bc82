/** How patient the store's lock is. */
export interface LockTiming {
  /** between two looks at a lock that another process holds */
  readonly pollMs: number;
  /** the holder touches its lock so often */
  readonly heartbeatMs: number;
  /** a lock that one watched for so long without a touch is abandoned, whatever its process id says: ids are given out again, other hosts' can't be asked */
  readonly abandonedMs: number;
  /** so long for a lock without readable content: one being written, or what a crash left of it */
  readonly unreadableMs: number;
  /** then waiting ends as `locked` */
  readonly mostWaitMs: number;
}

export const LOCK_TIMING: LockTiming = {
  pollMs: 250,
  heartbeatMs: 5_000,
  abandonedMs: 60_000,
  unreadableMs: 10_000,
  mostWaitMs: 30 * 60_000,
};
