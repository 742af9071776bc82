import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import type { FileRules } from "../fileRules";
import { languageFamily } from "../languageFamily";
import { findText } from "../readText";
import type { TextAtCursor } from "../textAtCursor";
import { unknownNames } from "../unknownNames";
import { familyGlob } from "./familyGlob";
import { FoundFiles } from "./foundFiles";
import { inSlices } from "./inSlices";
import { marginNames } from "./marginNames";
import { ProjectNames } from "./projectNames";

/** Files of one family that are known; of a larger project the search knows these alone. */
const MOST_KNOWN = 4_000;
/** VS Code lists what git ignores too: so many are looked at until enough were found that may be used. */
const MOST_LISTED = 20_000;
/** A folder that comes or goes as a whole tells nothing of its files: the project is listed anew when it is searched so long after. */
const LIST_AGAIN_MS = 60_000;
/** Families that are known at once. */
const MOST_FAMILIES = 3;
/** Names that are searched for at one look. */
const MOST_SEARCHED = 8;
/** What no rule would let in need not be listed. */
const NEVER = "**/{node_modules,bower_components,site-packages,__pycache__,.git,.hg,.svn,.venv,venv}/**";

interface Family {
  readonly names: ProjectNames;
  /** files that are not read yet, or changed since */
  readonly stale: Map<string, vscode.Uri>;
  readonly watcher: vscode.FileSystemWatcher;
  listedMs: number;
  running: Promise<void> | undefined;
}

export interface ProjectSearchParts {
  readonly rules: Pick<FileRules, "refuseWithoutGit">;
  readonly nowMs: () => number;
  /** what is known of a family's files is more, or something else, than it was */
  readonly onRead: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Knows which files of the project define a name, though no document imports them and nobody has opened them. It reads a language's files when they are wanted,
 * bit by bit, and keeps the names alone. In a folder that is not trusted it reads nothing.
 */
export class ProjectSearch implements vscode.Disposable {
  /** the one that was searched last is the last */
  private readonly families = new Map<string, Family>();
  private readonly found = new FoundFiles();
  private isDisposed = false;

  constructor(private readonly parts: ProjectSearchParts) {}

  /**
   * Looks for what defines the names near a document's cursor, in the files that are read by now; those that are not are read from now on.
   * @param isKnown whether the name needs no search
   * @returns whether a file was found that is new to the document
   */
  search({ languageId, uri }: vscode.TextDocument, { before, after, own }: TextAtCursor, isKnown: (name: string) => boolean): boolean {
    if (this.isDisposed || !vscode.workspace.isTrusted) return false;
    const family = languageFamily(languageId);
    const glob = familyGlob(family);
    if (glob === undefined) return false;
    const { names } = this.wanted(family, glob);
    const id = uri.toString();
    const wanted = unknownNames(before, after, (name) => own.has(name) || isKnown(name), MOST_SEARCHED);
    const found = wanted.flatMap(({ name }) => names.fileDefining(name) ?? []).filter((file) => file !== id);
    return this.found.note(id, found);
  }

  /** What was found for a document, the last first. */
  filesOf(document: string): readonly string[] {
    return this.found.of(document);
  }

  /** What may be read changed: all is forgotten, and read again when it is wanted. */
  clear(): void {
    for (const name of [...this.families.keys()]) this.forget(name);
    this.found.clear();
  }

  dispose(): void {
    this.isDisposed = true;
    this.clear();
  }

  /** The family, as far as it is known. What is stale of it is read, and what came unseen is looked for. */
  private wanted(name: string, glob: string): Family {
    const family = this.families.get(name) ?? this.begin(glob);
    this.families.delete(name);
    this.families.set(name, family);
    for (const oldest of [...this.families.keys()].slice(0, -MOST_FAMILIES)) this.forget(oldest);
    if (this.parts.nowMs() - family.listedMs >= LIST_AGAIN_MS) this.list(name, family, glob);
    this.read(name, family);
    return family;
  }

  /** Follows the family's files; none is known yet. */
  private begin(glob: string): Family {
    const watcher = vscode.workspace.createFileSystemWatcher(glob);
    const family: Family = { names: new ProjectNames(), stale: new Map(), watcher, listedMs: -Infinity, running: undefined };
    // A build or another branch changes thousands: they are read when somebody searches. The watcher's own events end with it.
    const onChange = (uri: vscode.Uri): void => void family.stale.set(uri.toString(), uri);
    watcher.onDidChange(onChange);
    watcher.onDidCreate(onChange);
    watcher.onDidDelete((uri) => {
      family.stale.delete(uri.toString());
      family.names.delete(uri.toString());
    });
    return family;
  }

  /** Finds files that are not known yet, and forgets those that are there no more. */
  private list(name: string, family: Family, glob: string): void {
    const { names, stale } = family;
    family.listedMs = this.parts.nowMs();
    vscode.workspace.findFiles(glob, NEVER, MOST_LISTED).then((uris) => {
      const listed = new Map(uris.map((uri) => [uri.toString(), uri]));
      for (const id of names.ids) if (!listed.has(id) && uris.length < MOST_LISTED) names.delete(id);
      for (const [id, uri] of listed) if (!names.has(id)) stale.set(id, uri);
      if (this.families.get(name) === family) this.read(name, family);
    }, this.parts.onError);
  }

  private forget(name: string): void {
    this.families.get(name)?.watcher.dispose();
    this.families.delete(name);
  }

  /** Reads what is stale; what becomes so meanwhile too. */
  private read(name: string, family: Family): void {
    if (family.running !== undefined || family.stale.size === 0) return;
    const { nowMs, onRead, onError } = this.parts;
    const isOver = (): boolean => this.families.get(name) !== family;
    let isNew = false;
    const readOne = async (uri: vscode.Uri): Promise<void> => {
      isNew = (await this.readOne(family.names, uri)) || isNew;
    };
    family.running = inSlices(takeAll(family.stale), readOne, isOver, { nowMs, sleep: wait })
      .then(() => (isNew && !isOver() ? onRead() : undefined), onError)
      .finally(() => (family.running = undefined));
  }

  /** @returns whether something else is known of the file now */
  private async readOne(names: ProjectNames, uri: vscode.Uri): Promise<boolean> {
    const id = uri.toString();
    if (!names.has(id) && names.size >= MOST_KNOWN) return false;
    const found = (await this.parts.rules.refuseWithoutGit(uri)) === undefined ? await findText(uri) : undefined;
    const read = await found?.read();
    return read === undefined || "reason" in read ? names.delete(id) : names.put(id, marginNames(read.text));
  }
}

/** Empties a map while it is filled. */
function* takeAll<T>(map: Map<string, T>): Generator<T> {
  for (const [key, value] of map) {
    map.delete(key);
    yield value;
  }
}
