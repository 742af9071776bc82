import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import { unknownNames } from "../unknownNames";
import type { FileRules } from "../fileRules";
import { languageFamily } from "../languageFamily";
import type { TextAtCursor } from "../textAtCursor";
import { findText } from "../readText";
import { familyGlob } from "./familyGlob";
import { FoundFiles } from "./foundFiles";
import { inSlices } from "./inSlices";
import { marginNames } from "./marginNames";
import { ProjectNames } from "./projectNames";

/** Files of one family that are read; a project with more is searched in these alone. */
const MOST_FILES = 4_000;
/** Families that are known at once. */
const MOST_FAMILIES = 3;
/** Names that are searched for at one look. */
const MOST_SEARCHED = 8;
/** What no rule would let in need not be listed. */
const NEVER = "**/{node_modules,bower_components,site-packages,__pycache__,.git,.hg,.svn,.venv,venv}/**";

interface Family {
  readonly names: ProjectNames;
  /** files that changed and are not read again yet */
  readonly stale: Map<string, vscode.Uri>;
  readonly watcher: vscode.FileSystemWatcher;
  isRead: boolean;
  running: Promise<void> | undefined;
}

export interface ProjectSearchParts {
  readonly rules: Pick<FileRules, "refuseUnasked">;
  readonly nowMs: () => number;
  /** a family's files are read */
  readonly onRead: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Knows which files of the project define a name, though no document imports them and nobody has opened them. It reads a language's files when they are wanted for
 * the first time, bit by bit, and keeps the names alone. In a folder that is not trusted it reads nothing.
 */
export class ProjectSearch implements vscode.Disposable {
  private readonly families = new Map<string, Family>();
  private readonly found = new FoundFiles();
  private isDisposed = false;

  constructor(private readonly parts: ProjectSearchParts) {}

  /**
   * Looks for what defines the names near a document's cursor, in the files that are read by now; where nobody asked before, they are read from now on.
   * @param isKnown whether the name needs no search
   * @returns whether a file was found that is new to the document
   */
  search({ languageId, uri }: vscode.TextDocument, { before, after, own }: TextAtCursor, isKnown: (name: string) => boolean): boolean {
    if (this.isDisposed || !vscode.workspace.isTrusted) return false;
    const family = languageFamily(languageId);
    const known = this.families.get(family) ?? this.begin(family, familyGlob(languageId, uri.path));
    if (known === undefined) return false;
    const wanted = unknownNames(before, after, (name) => own.has(name) || isKnown(name), MOST_SEARCHED);
    const id = uri.toString();
    const found = wanted.flatMap(({ name }) => known.names.filesDefining(name)).filter((file) => file !== id);
    return this.found.note(id, found);
  }

  /** What was found for a document, the last first. */
  filesOf(document: string): readonly string[] {
    return this.found.of(document);
  }

  /** What may be read changed: all is forgotten, and read again when it is wanted. */
  clear(): void {
    for (const { watcher } of this.families.values()) watcher.dispose();
    this.families.clear();
    this.found.clear();
  }

  dispose(): void {
    this.isDisposed = true;
    this.clear();
  }

  private begin(name: string, glob: string | undefined): Family | undefined {
    if (glob === undefined) return undefined;
    const watcher = vscode.workspace.createFileSystemWatcher(glob);
    const family: Family = { names: new ProjectNames(), stale: new Map(), watcher, isRead: false, running: undefined };
    this.families.set(name, family);
    const [oldest] = this.families.keys();
    if (this.families.size > MOST_FAMILIES) {
      this.families.get(oldest!)?.watcher.dispose();
      this.families.delete(oldest!);
    }
    const onChange = (uri: vscode.Uri): void => {
      family.stale.set(uri.toString(), uri);
      if (family.isRead) this.read(name, family);
    };
    // The watcher's own events end with it.
    watcher.onDidChange(onChange);
    watcher.onDidCreate(onChange);
    watcher.onDidDelete((uri) => family.names.delete(uri.toString()));
    vscode.workspace.findFiles(glob, NEVER, MOST_FILES).then((uris) => {
      for (const uri of uris) family.stale.set(uri.toString(), uri);
      family.isRead = true;
      this.read(name, family);
    }, this.parts.onError);
    return family;
  }

  /** Reads what is stale; what becomes so meanwhile too. */
  private read(name: string, family: Family): void {
    if (family.running !== undefined) return;
    const isOver = (): boolean => this.families.get(name) !== family;
    const { nowMs, onRead, onError } = this.parts;
    family.running = inSlices(takeAll(family.stale), (uri) => this.readOne(family.names, uri), isOver, { nowMs, sleep: wait })
      .then(() => (isOver() ? undefined : onRead()), onError)
      .finally(() => (family.running = undefined));
  }

  private async readOne(names: ProjectNames, uri: vscode.Uri): Promise<void> {
    const id = uri.toString();
    const found = (await this.parts.rules.refuseUnasked(uri)) === undefined ? await findText(uri) : undefined;
    const read = await found?.read();
    if (read === undefined || "reason" in read) names.delete(id);
    else if (names.has(id) || names.size < MOST_FILES) names.put(id, marginNames(read.text));
  }
}

/** Empties a map while it is filled. */
function* takeAll<T>(map: Map<string, T>): Generator<T> {
  for (const [key, value] of map) {
    map.delete(key);
    yield value;
  }
}
