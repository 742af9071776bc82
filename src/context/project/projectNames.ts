/** A name that more files define is no clue: which of them is meant? */
const MOST_PLACES = 3;

/** Which files of a project define a name, for the files of one language family. Pure. */
export class ProjectNames {
  private readonly namesOf = new Map<string, ReadonlySet<string>>();
  private readonly filesOf = new Map<string, Set<string>>();

  /** Files known. */
  get size(): number {
    return this.namesOf.size;
  }

  has(id: string): boolean {
    return this.namesOf.has(id);
  }

  /** What a file defines from now on. @param id names the file */
  put(id: string, names: Iterable<string>): void {
    this.delete(id);
    const all = new Set(names);
    this.namesOf.set(id, all);
    for (const name of all) {
      const files = this.filesOf.get(name);
      if (files === undefined) this.filesOf.set(name, new Set([id]));
      else files.add(id);
    }
  }

  delete(id: string): void {
    for (const name of this.namesOf.get(id) ?? []) {
      const files = this.filesOf.get(name);
      files?.delete(id);
      if (files?.size === 0) this.filesOf.delete(name);
    }
    this.namesOf.delete(id);
  }

  /** The files that define a name; none where too many do. */
  filesDefining(name: string): readonly string[] {
    const files = this.filesOf.get(name);
    return files === undefined || files.size > MOST_PLACES ? [] : [...files];
  }
}
