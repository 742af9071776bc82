import { Edit, Language, Parser, type Tree } from "web-tree-sitter";
import type { CursorSyntax } from "./cursorSyntax";
import { ParseJob } from "./parseJob";
import { placeAfter } from "./placeAfter";
import { REGION_KINDS } from "./regionKinds";
import { syntaxAtCursor } from "./syntaxAtCursor";
import { SYNTAX_KINDS } from "./syntaxKinds";
import { SYNTAX_LANGUAGES, SYNTAX_RUNTIME } from "./syntaxLanguages";
import type { SyntaxPlace } from "./syntaxPlace";
import { syntaxRegions, type SyntaxRegion } from "./syntaxRegions";

/** As VS Code's documents are, so that an edge need not copy. */
export interface SyntaxDocument {
  readonly id: string;
  readonly version: number;
  readonly languageId: string;
  readonly lineCount: number;
  /** UTF-16 units of `text()`; asked first, so that a text that is too long is never copied */
  length(): number;
  text(): string;
}

interface Point {
  readonly line: number;
  readonly character: number;
}

/** One replaced range, in the document as it was before. */
export interface SyntaxChange {
  readonly start: Point;
  readonly end: Point;
  readonly startOffset: number;
  readonly replacedChars: number;
  readonly text: string;
}

export interface SyntaxParts {
  /** folder of the grammars, with a separator at its end */
  readonly directory: string;
  readonly nowMs: () => number;
  /** lets the event loop turn */
  readonly pause: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Beyond these a document is not parsed; indentation decides. */
export const MOST_LINES = 8_000;
export const MOST_CHARS = 500_000;
/** Most trees kept; a tree takes some ten times its text. */
const MOST_TREES = 4;
/** What a keystroke may spend on parsing, and what one slice takes in the background. */
const SLICE_MS = 8;

interface Entry {
  readonly languageId: string;
  /** Edited to `version`; parsed only if `isCurrent`. */
  tree: Tree;
  version: number;
  isCurrent: boolean;
}

/**
 * Syntax trees of the documents that were looked at last, kept up to date by their edits. Whatever can't be had within a few milliseconds
 * is undefined now, and made in slices in the background for the next keystroke. A parse that a keystroke overtakes is not lost: its tree is
 * told of the edit, and the parse from there is short.
 */
export class SyntaxTrees {
  private readonly entries = new Map<string, Entry>();
  /** By grammar, which several languages may share; undefined: it could not be used. */
  private readonly grammars = new Map<string, Promise<Language | undefined>>();
  private readonly loaded = new Map<string, Language>();
  private readonly failed = new Set<string>();
  /** Parses that have begun, by document. */
  private readonly jobs = new Map<string, ParseJob>();
  private readonly inBackground = new Set<string>();
  private runtime: Promise<void> | undefined;
  private isDisposed = false;

  constructor(private readonly parts: SyntaxParts) {}

  /**
   * What the tree says about a place; undefined: no grammar, too large, or not parsed yet.
   * @param offsetOf the place's UTF-16 offset, asked only where there is a tree: a large document takes long to count
   */
  at(document: SyntaxDocument, offsetOf: () => number, column: number): CursorSyntax | undefined {
    if (!isParsable(document)) return undefined;
    const grammar = SYNTAX_LANGUAGES[document.languageId]!;
    const language = this.loaded.get(grammar);
    if (language !== undefined && document.length() > MOST_CHARS) return undefined;
    const text = language === undefined ? "" : document.text();
    try {
      const tree = language === undefined ? undefined : this.upToDate(document, language, text);
      if (tree === undefined) {
        this.prepare(document);
        return undefined;
      }
      return syntaxAtCursor(tree.rootNode, SYNTAX_KINDS[grammar]!, placeIn(text, offsetOf(), column));
    } catch (error) {
      // A grammar's scanner is foreign code, and what it does at one text it does at each key typed there.
      this.giveUp(grammar, error);
      return undefined;
    }
  }

  /**
   * The regions around a place, innermost first; waits for the tree. Undefined: there is none in time, or can't be.
   * @param offset, column of the place, UTF-16 units
   * @param waitMs most time to wait
   */
  async regionsAt(document: SyntaxDocument, offset: number, column: number, waitMs: number): Promise<SyntaxRegion[] | undefined> {
    const grammar = SYNTAX_LANGUAGES[document.languageId];
    const { version } = document;
    const until = this.parts.nowMs() + waitMs;
    while (isParsable(document) && !this.failed.has(grammar!) && document.version === version) {
      const entry = this.usableEntry(document);
      if (entry?.isCurrent === true) {
        const text = document.text();
        const known = { kinds: SYNTAX_KINDS[grammar!]!, regions: REGION_KINDS[grammar!]! };
        return syntaxRegions(entry.tree.rootNode, known, placeIn(text, offset, column), text);
      }
      if (this.isDisposed || document.length() > MOST_CHARS || this.parts.nowMs() > until) return undefined;
      this.prepare(document);
      await this.parts.pause();
    }
    return undefined;
  }

  /** Loads the grammar and parses in the background, so that the first keystroke finds a tree. */
  prepare(document: SyntaxDocument): void {
    if (!isParsable(document) || this.inBackground.has(document.id)) return;
    this.inBackground.add(document.id);
    const grammar = SYNTAX_LANGUAGES[document.languageId]!;
    this.parseInSlices(document, grammar)
      .catch((error: unknown) => this.giveUp(grammar, error))
      .finally(() => this.inBackground.delete(document.id));
  }

  /** Tells of an edit; `version` is the document's after it. */
  edit(id: string, version: number, changes: readonly SyntaxChange[]): void {
    const edits = changes.map(toEdit);
    this.jobs.get(id)?.missEdits(edits, version);
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    for (const edit of edits) entry.tree.edit(edit);
    entry.version = version;
    entry.isCurrent = false;
  }

  forget(id: string): void {
    this.endJob(id);
    this.entries.get(id)?.tree.delete();
    this.entries.delete(id);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const id of [...this.entries.keys(), ...this.jobs.keys()]) this.forget(id);
  }

  private upToDate(document: SyntaxDocument, language: Language, text: string): Tree | undefined {
    const entry = this.usableEntry(document);
    if (entry?.isCurrent === true) return entry.tree;
    const job = this.fittingJob(document) ?? this.beginJob(document, language, text, entry);
    // One that an edit overtook goes on in the background; were it begun anew at each key, it would never come to its end.
    if (!job.isCurrent) return undefined;
    const tree = job.step(SLICE_MS);
    if (tree !== undefined) this.keep(document.id, job, tree);
    return tree;
  }

  private usableEntry({ id, languageId, version }: SyntaxDocument): Entry | undefined {
    const entry = this.entries.get(id);
    return entry?.languageId === languageId && entry.version === version ? entry : undefined;
  }

  private async parseInSlices(document: SyntaxDocument, grammar: string): Promise<void> {
    const language = await this.language(grammar);
    if (language === undefined) return;
    while (!this.isDisposed && document.length() <= MOST_CHARS) {
      const entry = this.usableEntry(document);
      if (entry?.isCurrent === true) return;
      const job = this.fittingJob(document) ?? this.beginJob(document, language, document.text(), entry);
      const tree = job.step(SLICE_MS);
      if (tree !== undefined) this.keep(document.id, job, tree);
      await this.parts.pause();
      // The document was closed.
      if (!this.jobs.has(document.id) && !this.entries.has(document.id)) return;
    }
  }

  /** The document's parse that has begun. One that was not told of all its edits ends here. */
  private fittingJob({ id, languageId, version }: SyntaxDocument): ParseJob | undefined {
    const job = this.jobs.get(id);
    if (job === undefined || (job.version === version && job.task.languageId === languageId)) return job;
    this.endJob(id);
    return undefined;
  }

  private beginJob({ id, languageId, version }: SyntaxDocument, language: Language, text: string, entry: Entry | undefined): ParseJob {
    const job = new ParseJob({ language, languageId, text, version, old: entry?.tree ?? null }, this.parts.nowMs);
    this.jobs.set(id, job);
    return job;
  }

  private endJob(id: string): void {
    this.jobs.get(id)?.dispose();
    this.jobs.delete(id);
  }

  /** What the job made, and its end. */
  private keep(id: string, job: ParseJob, tree: Tree): void {
    this.forget(id);
    this.entries.set(id, { languageId: job.task.languageId, tree, version: job.version, isCurrent: job.isCurrent });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MOST_TREES) break;
      this.forget(oldest);
    }
  }

  private language(grammar: string): Promise<Language | undefined> {
    let loading = this.grammars.get(grammar);
    if (loading === undefined) {
      loading = this.load(grammar);
      this.grammars.set(grammar, loading);
    }
    return loading;
  }

  private async load(grammar: string): Promise<Language | undefined> {
    try {
      this.runtime ??= Parser.init({ locateFile: () => this.parts.directory + SYNTAX_RUNTIME });
      await this.runtime;
      const language = await Language.load(this.parts.directory + grammar);
      this.loaded.set(grammar, language);
      return language;
    } catch (error) {
      this.giveUp(grammar, error);
      return undefined;
    }
  }

  /** A grammar that fails is said once, and its languages go without. */
  private giveUp(grammar: string, error: unknown): void {
    for (const [id, { task }] of this.jobs) if (SYNTAX_LANGUAGES[task.languageId] === grammar) this.endJob(id);
    if (this.failed.has(grammar)) return;
    this.failed.add(grammar);
    this.loaded.delete(grammar);
    this.grammars.set(grammar, Promise.resolve(undefined));
    this.parts.onError(new Error(`${grammar}: ${String(error)}`, { cause: error }));
  }
}

function isParsable(document: SyntaxDocument): boolean {
  return Object.hasOwn(SYNTAX_LANGUAGES, document.languageId) && document.lineCount <= MOST_LINES;
}

function placeIn(text: string, offset: number, column: number): SyntaxPlace {
  let probe = offset - 1;
  while (probe >= 0 && /\s/.test(text[probe]!)) probe--;
  return { offset, probe, column };
}

function toEdit(change: SyntaxChange): Edit {
  const end = placeAfter(change.start, change.text);
  return new Edit({
    startIndex: change.startOffset,
    oldEndIndex: change.startOffset + change.replacedChars,
    newEndIndex: change.startOffset + change.text.length,
    startPosition: { row: change.start.line, column: change.start.character },
    oldEndPosition: { row: change.end.line, column: change.end.character },
    newEndPosition: { row: end.line, column: end.character },
  });
}
