/** What was edited longer ago is no longer what somebody is at. */
const RECENT_MS = 5 * 60_000;
const MOST_EDITS = 16;

interface Edit {
  readonly path: string;
  readonly name: string;
  readonly atMs: number;
}

/** Which definitions were edited in the last minutes, by their names: lines and offsets move with each edit, names stay. Pure. */
export class RecentEdits {
  /** the newest first, each definition once */
  private edits: Edit[] = [];

  note(path: string, name: string, atMs: number): void {
    const others = this.edits.filter((edit) => edit.path !== path || edit.name !== name);
    this.edits = [{ path, name, atMs }, ...others].slice(0, MOST_EDITS);
  }

  /** Names of a file's definitions that were edited lately, the last edited first. */
  namesIn(path: string, nowMs: number): string[] {
    return this.edits.filter((edit) => edit.path === path && nowMs - edit.atMs <= RECENT_MS).map(({ name }) => name);
  }

  clear(): void {
    this.edits = [];
  }
}
