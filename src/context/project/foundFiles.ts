/** Files of one document, and documents, that are remembered. */
const MOST_FILES = 6;
const MOST_DOCUMENTS = 8;

/** Which files a search found for which document: they stay while the cursor moves on, so that what was sent stays the same. Pure. */
export class FoundFiles {
  private readonly documents = new Map<string, readonly string[]>();

  /** @returns whether one of them is new to the document */
  note(document: string, found: readonly string[]): boolean {
    const known = this.of(document);
    const fresh = found.filter((id, index) => !known.includes(id) && found.indexOf(id) === index);
    if (fresh.length === 0) return false;
    this.documents.delete(document);
    this.documents.set(document, [...fresh, ...known].slice(0, MOST_FILES));
    if (this.documents.size > MOST_DOCUMENTS) this.documents.delete(this.documents.keys().next().value!);
    return true;
  }

  /** The last found first. */
  of(document: string): readonly string[] {
    return this.documents.get(document) ?? [];
  }

  clear(): void {
    this.documents.clear();
  }
}
