/** Which of the two processes of the store does an operation: the one that wants the model, or its child that prepares it. */
export type Role = "store" | "prepare";

/** What befalls one operation on the file system. */
export type Fault =
  /** it fails so */
  | "EIO"
  | "ENOSPC"
  /** its process is killed right before it */
  | "kill"
  /** a write stops half way, and its process is killed */
  | "torn"
  /** the power goes right before it: both processes are killed, and what was written but not synced is lost */
  | "cut";

/** For the preload, as JSON in UNMASK_FAULT_PLAN. */
export interface FaultPlan {
  /** absent: none */
  readonly fault?: { readonly role: Role; /** from 1 */ readonly index: number; readonly kind: Fault };
  /** a file that gets a line for every operation */
  readonly journal: string;
}

/** A line of the journal. */
export interface Operation {
  readonly role: Role;
  readonly pid: number;
  /** its parent's process id */
  readonly parent: number;
  /** of its process, from 1 */
  readonly index: number;
  /** the call: open, write, writeFile, sync, close, mkdir, rename, unlink, rmdir, utimes */
  readonly call: string;
  readonly path: string;
}
