/** Which files of a project define a name, for the files of one language family. Pure. */
export class ProjectNames {
  private readonly namesOf = new Map<string, ReadonlySet<string>>();
  private readonly filesOf = new Map<string, Set<string>>();

  /** How many files are known. */
  get size(): number {
    return this.namesOf.size;
  }

  /** The files known. */
  get ids(): readonly string[] {
    return [...this.namesOf.keys()];
  }

  has(id: string): boolean {
    return this.namesOf.has(id);
  }

  /** What a file defines from now on. @param id names the file @returns whether that is something else than before */
  put(id: string, names: Iterable<string>): boolean {
    const all = new Set(names);
    const before = this.namesOf.get(id);
    if (before !== undefined && before.size === all.size && [...all].every((name) => before.has(name))) return false;
    this.delete(id);
    this.namesOf.set(id, all);
    for (const name of all) {
      const files = this.filesOf.get(name);
      if (files === undefined) this.filesOf.set(name, new Set([id]));
      else files.add(id);
    }
    return true;
  }

  /** @returns whether the file was known */
  delete(id: string): boolean {
    for (const name of this.namesOf.get(id) ?? []) {
      const files = this.filesOf.get(name);
      files?.delete(id);
      if (files?.size === 0) this.filesOf.delete(name);
    }
    return this.namesOf.delete(id);
  }

  /** The one file that defines a name; undefined where several do: nothing says which of them is meant. */
  fileDefining(name: string): string | undefined {
    const files = this.filesOf.get(name);
    return files?.size === 1 ? [...files][0] : undefined;
  }
}
