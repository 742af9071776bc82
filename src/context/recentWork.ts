/** What somebody did at a definition. */
export type WorkKind = "edited" | "copied";

export interface RecentName {
  readonly name: string;
  readonly kind: WorkKind;
  readonly atMs: number;
}

/** What was done longer ago is no longer what somebody is at. What was copied is often pasted only later. */
const RECENT_MS: Readonly<Record<WorkKind, number>> = { edited: 5 * 60_000, copied: 10 * 60_000 };
const MOST: Readonly<Record<WorkKind, number>> = { edited: 16, copied: 3 };

/** Which definitions were edited or copied from in the last minutes, by their names: lines and offsets move with each edit, names stay. Pure. */
export class RecentWork {
  /** the newest first, each definition once */
  private works: readonly (RecentName & { readonly path: string })[] = [];

  note(path: string, name: string, kind: WorkKind, atMs: number): void {
    const others = this.works.filter((work) => work.path !== path || work.name !== name);
    const same = others.filter((work) => work.kind === kind).slice(0, MOST[kind] - 1);
    this.works = [{ path, name, kind, atMs }, ...others.filter((work) => work.kind !== kind || same.includes(work))];
  }

  /** A file's definitions that somebody was at lately, the last first. */
  namesIn(path: string, nowMs: number): RecentName[] {
    return this.works.filter((work) => work.path === path && nowMs - work.atMs <= RECENT_MS[work.kind]);
  }

  clear(): void {
    this.works = [];
  }
}
