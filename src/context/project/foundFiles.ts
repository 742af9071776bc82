import { putLast } from "../putLast";

/** Files of one document, and documents, that are remembered. */
const MOST_FOUND = 6;
const MOST_DOCUMENTS = 8;

/** Which files a search found for which document: they stay while the cursor moves on, so that what was sent stays the same. Pure. */
export class FoundFiles {
  private readonly documents = new Map<string, readonly string[]>();

  /** @param found the most wanted first; those beyond the limit are not used @returns whether one of them is new to the document */
  note(document: string, found: readonly string[]): boolean {
    const known = this.of(document);
    const wanted = [...new Set(found)].slice(0, MOST_FOUND);
    if (wanted.every((id) => known.includes(id))) return false;
    const others = known.filter((id) => !wanted.includes(id));
    putLast(this.documents, document, [...wanted, ...others].slice(0, MOST_FOUND), MOST_DOCUMENTS);
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
