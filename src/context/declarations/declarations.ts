import { setTimeout as wait } from "node:timers/promises";
import type * as vscode from "vscode";
import type { TextAtCursor } from "../textAtCursor";
import { AskInTurn } from "./askInTurn";
import { DeclaredNames, type DeclaredPlace } from "./declaredNames";
import { findDeclaration } from "./findDeclaration";
import { unknownNames } from "../unknownNames";

/** Names that are asked for at one look. */
const MOST_ASKED = 4;
/** Files of one document that language servers named. */
const MOST_FILES = 6;

/** A file that language servers named, and the lines that define names there. */
export interface DeclaredFile {
  readonly id: string;
  readonly names: readonly { readonly name: string; readonly line: number }[];
}

/** Asks VS Code's language features, between keystrokes, where names near the cursor are defined that no known file defines. */
export class Declarations {
  private readonly names = new DeclaredNames();
  private readonly turns: AskInTurn;

  constructor(private readonly nowMs: () => number) {
    const sleep = (ms: number, signal: AbortSignal): Promise<unknown> => wait(ms, undefined, { signal }).catch(() => undefined);
    this.turns = new AskInTurn({ nowMs, sleep });
  }

  /** What is known by now for a document, the file of the last answer first. */
  filesOf(document: string): DeclaredFile[] {
    const files = new Map<string, { name: string; line: number }[]>();
    for (const { name, place } of this.names.placesOf(document)) {
      const lines = files.get(place.id) ?? [];
      if (files.size < MOST_FILES || lines.length > 0) files.set(place.id, [...lines, { name, line: place.line }]);
    }
    return [...files].map(([id, names]) => ({ id, names }));
  }

  /** A name's file was read for a document. @param version of its text */
  read(document: string, name: string, version: string): void {
    this.names.noteRead(document, name, version);
  }

  /**
   * Asks for a few names near the document's cursor.
   * @param isKnown whether a file that is known defines the name
   * @param onNews a name was found in another file; it may come late, after this has ended
   */
  async ask(
    document: vscode.TextDocument,
    { at, before, after, own, imports }: TextAtCursor,
    isKnown: (name: string) => boolean,
    onNews: () => void,
  ): Promise<void> {
    if (!this.turns.mayAsk(document.languageId)) return;
    const id = document.uri.toString();
    const { version } = document;
    const unwanted = (name: string): boolean =>
      own.has(name) || (isKnown(name) && !this.names.hasPlace(id, name)) || !this.names.mayAsk(id, imports, name, this.nowMs());
    const places = unknownNames(before, after, unwanted, MOST_ASKED);
    const offsets = new Map(places.map(({ name, offset }) => [name, at + offset]));
    await this.turns.ask<DeclaredPlace | undefined>(document.languageId, {
      names: [...offsets.keys()],
      question: (name) => findDeclaration(document, document.positionAt(offsets.get(name)!)),
      answered: (name, place) => {
        this.names.note(id, name, place, this.nowMs());
        if (place !== undefined) onNews();
      },
      // After the next edit the names stand elsewhere.
      mayGoOn: () => document.version === version && !document.isClosed,
    });
  }

  clear(): void {
    this.names.clear();
  }
}
