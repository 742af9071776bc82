import type { IndexedText } from "./chooseRelated";
import { declaredAt } from "./declarations/declaredAt";
import { definitions } from "./definitions";

/** Files kept: those that a few documents import. */
const MOST_FILES = 40;
/** UTF-16 units of all of them together. */
const MOST_CHARS = 1_000_000;
/** A larger file is likelier a table or a bundle than something that is imported to be read. */
export const MOST_FILE_CHARS = 60_000;

interface Entry extends IndexedText {
  /** of the text; another one is another text */
  readonly version: string;
}

/** Texts of files with their definitions, which are looked for once a version. Bounded: the one that was not asked for the longest goes first. Pure. */
export class TextIndex {
  private readonly entries = new Map<string, Entry>();
  private chars = 0;

  /** @param id names the file @returns whether it holds this version */
  has(id: string, version: string): boolean {
    return this.entries.get(id)?.version === version;
  }

  get(id: string): IndexedText | undefined {
    const entry = this.entries.get(id);
    if (entry === undefined) return undefined;
    this.entries.delete(id);
    this.entries.set(id, entry);
    return entry;
  }

  /** @returns undefined where the text is too large: nothing is kept of it */
  put(id: string, version: string, path: string, text: string): IndexedText | undefined {
    this.delete(id);
    if (text.length > MOST_FILE_CHARS) return undefined;
    const entry = { version, path, text, definitions: definitions(text) };
    this.entries.set(id, entry);
    this.chars += text.length;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MOST_FILES && this.chars <= MOST_CHARS) break;
      this.delete(oldest);
    }
    return entry;
  }

  /** @returns undefined where the file is not held */
  versionOf(id: string): string | undefined {
    return this.entries.get(id)?.version;
  }

  /** A language server says that a line of the file defines a name. It is forgotten with the version. @param line zero-based */
  declare(id: string, name: string, line: number): void {
    const entry = this.entries.get(id);
    if (entry !== undefined) this.entries.set(id, { ...entry, definitions: declaredAt(entry.definitions, entry.text, name, line) });
  }

  delete(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.chars -= entry.text.length;
    this.entries.delete(id);
  }

  clear(): void {
    this.entries.clear();
    this.chars = 0;
  }

  /** For tests: what is held, in UTF-16 units. */
  get heldChars(): number {
    return this.chars;
  }

  get size(): number {
    return this.entries.size;
  }
}
