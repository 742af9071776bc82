import { putLast } from "../putLast";

/** Where a language server says that a name is defined. */
export interface DeclaredPlace {
  /** the file's URI */
  readonly id: string;
  /** zero-based */
  readonly line: number;
}

interface Answer {
  /** undefined: the server knows none, or the document itself defines it */
  readonly place: DeclaredPlace | undefined;
  readonly askedMs: number;
  /** how often in a row no place was given */
  readonly refusals: number;
  /** of the place's file, when it was read first */
  readonly version?: string;
  /** what it was answered from is another now: it holds until it is asked anew */
  readonly isStale: boolean;
}

/** No name is asked for again sooner that has a place. */
const AGAIN_MS = 60_000;
/** A server that starts knows nothing yet, and says so: it is asked again soon, each time after twice as long, up to AGAIN_MS. */
const FIRST_AGAIN_MS = 4_000;
/** Documents, and names of one, that are remembered; those that were asked for the longest ago go first. */
const MOST_DOCUMENTS = 8;
const MOST_NAMES = 64;

interface Known {
  imports: string;
  readonly answers: Map<string, Answer>;
}

/** What language servers answered, by document and name. Pure. */
export class DeclaredNames {
  private readonly documents = new Map<string, Known>();

  /** @param imports the document's import lines: with others a name may be another's, so all may be asked for at once */
  mayAsk(document: string, imports: string, name: string, nowMs: number): boolean {
    const answer = this.known(document, imports).get(name);
    if (answer === undefined) return true;
    if (answer.place !== undefined) return answer.isStale && nowMs - answer.askedMs >= AGAIN_MS;
    return nowMs - answer.askedMs >= Math.min(AGAIN_MS, FIRST_AGAIN_MS * 2 ** (answer.refusals - 1));
  }

  hasPlace(document: string, name: string): boolean {
    return this.documents.get(document)?.answers.get(name)?.place !== undefined;
  }

  note(document: string, name: string, place: DeclaredPlace | undefined, nowMs: number): void {
    const { answers } = this.documents.get(document) ?? this.begin(document, "");
    const refusals = place === undefined ? (answers.get(name)?.refusals ?? 0) + 1 : 0;
    putLast(answers, name, { place, askedMs: nowMs, refusals, isStale: false }, MOST_NAMES);
  }

  /** Where the document's names are defined, the last answered first. */
  placesOf(document: string): { readonly name: string; readonly place: DeclaredPlace }[] {
    const answers = [...(this.documents.get(document)?.answers ?? [])].reverse();
    return answers.flatMap(([name, { place }]) => (place === undefined ? [] : [{ name, place }]));
  }

  /** A name's file was read. @param version of its text: another than the first says that the line may no longer be right */
  noteRead(document: string, name: string, version: string): void {
    const answers = this.documents.get(document)?.answers;
    const answer = answers?.get(name);
    if (answers === undefined || answer?.place === undefined) return;
    answers.set(name, {
      ...answer,
      version: answer.version ?? version,
      isStale: answer.isStale || (answer.version ?? version) !== version,
    });
  }

  clear(): void {
    this.documents.clear();
  }

  private known(document: string, imports: string): ReadonlyMap<string, Answer> {
    const known = this.documents.get(document) ?? this.begin(document, imports);
    if (known.imports !== imports) {
      known.imports = imports;
      for (const [name, answer] of known.answers) known.answers.set(name, { ...answer, askedMs: -Infinity, isStale: true });
    }
    return known.answers;
  }

  private begin(document: string, imports: string): Known {
    const known: Known = { imports, answers: new Map() };
    putLast(this.documents, document, known, MOST_DOCUMENTS);
    return known;
  }
}
