import * as vscode from "vscode";
import type { RelatedPiece } from "../backends/infiller";
import { chooseRelated, type IndexedText, type RelatedSource } from "./chooseRelated";
import { Declarations } from "./declarations/declarations";
import { definitions } from "./definitions";
import type { FileRules } from "./fileRules";
import { findImports } from "./findImports";
import { FollowedWork } from "./followedWork";
import { importLines } from "./importLines";
import { importTargets } from "./imports/importTargets";
import { languageFamily } from "./languageFamily";
import type { LeftOut, LeftOutReason } from "./leftOut";
import { LoadedFiles } from "./loadedFiles";
import type { TextAround } from "./readContext";
import { ProjectSearch } from "./project/projectSearch";
import { putLast } from "./putLast";
import { RelatedNotes } from "./relatedNotes";
import { shownPath } from "./shownPath";
import { ENOUGH_CHARS, StablePieces } from "./stablePieces";
import { textAtCursor } from "./textAtCursor";

/** Files looked at for one document. */
const MOST_FILES = 20;
/** Documents whose related files are known. */
const MOST_DOCUMENTS = 8;
/** Documents that were worked in, remembered for the others. */
const MOST_RECENT = 32;
/** Imports below this line are not looked for. */
const MOST_IMPORT_LINES = 400;
/** Nothing is read before nobody has typed for so long; an editor that one comes to is looked at sooner. */
const AFTER_EDIT_MS = 400;
const AFTER_OPENING_MS = 50;
/** A language server's word leads to a library at every second name: that such a file is left out is not worth a line. */
const NOT_THE_PROJECTS: readonly LeftOutReason[] = ["outside", "generated", "notAFile"];

export interface RelatedParts {
  readonly rules: FileRules;
  readonly isOn: (document: vscode.TextDocument) => boolean;
  /** whether suggestions come in the document at all: else no language server is asked for its sake */
  readonly isSuggesting: (document: vscode.TextDocument) => boolean;
  readonly nowMs: () => number;
  /** a document's related files are known for the first time */
  readonly onRead: (document: vscode.TextDocument) => void;
  readonly onError: (error: unknown) => void;
}

/** What may be chosen from for one document. */
interface Sources {
  readonly files: readonly { readonly id: string; readonly source: RelatedSource }[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Knows, for the documents that are worked in, the files whose definitions may help there: those it imports, those that language servers named, those that
 * were edited or open last, then those that a search over the project found. All reading and asking happens here, between the keystrokes; a keystroke only looks up.
 */
export class RelatedFiles implements vscode.Disposable {
  private readonly files: LoadedFiles;
  private readonly declarations: Declarations;
  private readonly project: ProjectSearch;
  /** Why what was sent was chosen. */
  readonly notes = new RelatedNotes();
  private readonly work: FollowedWork;
  private readonly stable = new StablePieces();
  private readonly sources = new Map<string, Sources>();
  /** language families of the documents that were worked in, by URI; the last one last */
  private readonly recent = new Map<string, string>();
  private readonly wanted = new Set<string>();
  private epoch = 0;
  /** counts up with each reset: what was judged by older rules is not used */
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isDisposed = false;
  private readonly registrations: vscode.Disposable;

  constructor(private readonly parts: RelatedParts) {
    this.files = new LoadedFiles(parts.rules);
    this.declarations = new Declarations(parts.nowMs);
    this.work = new FollowedWork(this.files, parts.nowMs, (document, kind) =>
      this.lookSoon(document, kind === "edited" ? AFTER_EDIT_MS : AFTER_OPENING_MS),
    );
    const onProjectRead = (): void => this.lookSoon(vscode.window.activeTextEditor?.document, AFTER_OPENING_MS);
    this.project = new ProjectSearch({ ...parts, onRead: onProjectRead });
    const ignoreFiles = vscode.workspace.createFileSystemWatcher("**/.gitignore");
    const reset = (): void => this.reset();
    this.registrations = vscode.Disposable.from(
      this.work,
      this.project,
      ignoreFiles,
      ignoreFiles.onDidChange(reset),
      ignoreFiles.onDidCreate(reset),
      ignoreFiles.onDidDelete(reset),
      vscode.workspace.onDidSaveTextDocument((document) => this.lookSoon(document, AFTER_EDIT_MS)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.lookSoon(editor?.document, AFTER_OPENING_MS)),
      vscode.workspace.onDidGrantWorkspaceTrust(reset),
      vscode.workspace.onDidChangeWorkspaceFolders(reset),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (["unmask.exclude", "unmask.context", "files.exclude"].some((name) => event.affectsConfiguration(name))) reset();
      }),
    );
    for (const editor of vscode.window.visibleTextEditors) this.lookSoon(editor.document, AFTER_OPENING_MS);
    this.lookSoon(vscode.window.activeTextEditor?.document, AFTER_OPENING_MS);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.registrations.dispose();
  }

  /**
   * The pieces for a place, at once, from what is known by now: the same array as long as they are the same.
   * @param isOn the document's own setting, which whoever asks has read already
   */
  at(document: vscode.TextDocument, line: number, around: TextAround, isOn: boolean): readonly RelatedPiece[] {
    if (!isOn) return this.notes.sendNone("off");
    if (!isFile(document)) return this.notes.sendNone("notAFile");
    const id = document.uri.toString();
    const sources = this.sources.get(id);
    if (sources === undefined) {
      this.lookSoon(document, AFTER_OPENING_MS);
      return this.notes.sendNone("notReadYet");
    }
    const beforeChars = around.before.lastIndexOf("\n") + 1;
    if (beforeChars >= ENOUGH_CHARS) return this.notes.sendNone("saysEnough", sources.leftOut);
    const place = { line, beforeChars, imports: importLines(around.before), epoch: this.epoch };
    const chosen = this.stable.at(id, place, () =>
      chooseRelated(around, definitions(`${around.before}${around.after}`), this.filesOf(sources, id)),
    );
    return chosen === undefined ? this.notes.sendNone("saysEnough", sources.leftOut) : this.notes.send(chosen, sources.leftOut);
  }

  private filesOf({ files }: Sources, own: string): IndexedText[] {
    return files.flatMap(({ id, source }) => {
      const text = id === own ? undefined : this.files.index.get(id);
      return text === undefined ? [] : [{ ...text, source, recent: this.work.namesIn(id) }];
    });
  }

  /** What may be used changed: all that was read goes, and what is open is looked at anew. */
  private reset(): void {
    this.generation++;
    this.files.clear();
    this.declarations.clear();
    this.project.clear();
    this.work.clear();
    this.stable.clear();
    this.sources.clear();
    this.lookSoon(vscode.window.activeTextEditor?.document, AFTER_OPENING_MS);
  }

  private lookSoon(document: vscode.TextDocument | undefined, waitMs: number): void {
    if (document === undefined || !isFile(document)) return;
    const id = document.uri.toString();
    putLast(this.recent, id, languageFamily(document.languageId), MOST_RECENT);
    this.wanted.add(id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), waitMs);
  }

  private look(): void {
    // One after the other: what comes meanwhile is looked at next.
    if (this.running !== undefined || this.isDisposed) return;
    this.running = this.lookAtAll()
      .catch(this.parts.onError)
      .finally(() => (this.running = undefined));
  }

  private async lookAtAll(): Promise<void> {
    for (const id of this.wanted) {
      this.wanted.delete(id);
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === id);
      if (document === undefined || this.isDisposed) continue;
      await this.work.note(document);
      if (this.parts.isOn(document)) await this.lookFor(document);
    }
  }

  private async lookFor(document: vscode.TextDocument): Promise<void> {
    const id = document.uri.toString();
    const { generation } = this;
    const files: { id: string; source: RelatedSource }[] = [];
    const leftOut: LeftOut[] = [];
    const ownReason = await this.files.refuse(document.uri);
    if (ownReason !== undefined) leftOut.push({ path: shownPath(document.uri), reason: ownReason });
    else {
      for (const [other, source] of await this.candidates(document)) {
        const uri = vscode.Uri.parse(other);
        const reason = files.length >= MOST_FILES ? "tooMany" : await this.files.load(uri);
        if (reason === undefined) files.push({ id: other, source });
        else if (reason !== "gone" && isWorthALine(source, reason)) leftOut.push({ path: shownPath(uri), reason });
      }
      this.declare(id);
    }
    const last = this.sources.get(id);
    const lost = last?.files.filter((file) => !files.some((now) => now.id === file.id)) ?? [];
    const areUsable = await Promise.all(lost.map(async (file) => (await this.files.load(vscode.Uri.parse(file.id))) === undefined));
    if (generation !== this.generation) return void this.wanted.add(id);
    // A file that may no longer be used, or is gone, leaves at once: its pieces are not kept for the cache's sake.
    if (ownReason !== undefined || areUsable.includes(false)) this.stable.forget(id);
    putLast(this.sources, id, { files, leftOut }, MOST_DOCUMENTS);
    this.epoch++;
    if (last === undefined) this.parts.onRead(document);
    if (ownReason === undefined && this.parts.isSuggesting(document)) this.ask(document, files);
  }

  /** Files that may be used for a document if the rules allow it, by URI, in the order in which they are preferred. */
  private async candidates(document: vscode.TextDocument): Promise<Map<string, RelatedSource>> {
    const id = document.uri.toString();
    const all = new Map<string, RelatedSource>((await importsOf(document)).map((uri) => [uri.toString(), "imported"]));
    for (const { id: other } of this.declarations.filesOf(id)) if (!all.has(other)) all.set(other, "declared");
    const recent = [...this.recent].filter(([other, family]) => other !== id && family === languageFamily(document.languageId));
    for (const [other] of recent.reverse()) if (!all.has(other)) all.set(other, "open");
    for (const other of this.project.filesOf(id)) if (!all.has(other)) all.set(other, "found");
    return all;
  }

  /** Tells the index which lines define names, by language servers' word. */
  private declare(document: string): void {
    const { index } = this.files;
    for (const { id, names } of this.declarations.filesOf(document)) {
      const version = index.versionOf(id);
      if (version === undefined) continue;
      for (const { name, line } of names) {
        this.declarations.read(document, name, version);
        index.declare(id, name, line);
      }
    }
  }

  /** Looks for what no file that is known defines. Nobody waits for language servers: what they say is looked at when it comes. */
  private ask(document: vscode.TextDocument, files: Sources["files"]): void {
    const text = textAtCursor(document);
    if (text === undefined) return;
    const define = (name: string, among: Sources["files"]): boolean =>
      among.some(({ id }) => this.files.index.get(id)?.definitions.has(name) === true);
    const onNews = (): void => {
      if (!document.isClosed && !this.isDisposed) this.lookSoon(document, AFTER_OPENING_MS);
    };
    // What the search has found is found again: it stays the same as long as the names do.
    const others = files.filter(({ source }) => source !== "found");
    if (this.project.search(document, text, (name) => define(name, others))) onNews();
    this.declarations.ask(document, text, (name) => define(name, files), onNews).catch(this.parts.onError);
  }
}

/** What nobody named is left out without a word, so that one finds what was. */
function isWorthALine(source: RelatedSource, reason: LeftOutReason): boolean {
  return source !== "found" && !(source === "declared" && NOT_THE_PROJECTS.includes(reason));
}

function isFile({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === "file";
}

async function importsOf(document: vscode.TextDocument): Promise<vscode.Uri[]> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) return [];
  const head = document.getText(new vscode.Range(0, 0, MOST_IMPORT_LINES, 0)).replaceAll("\r\n", "\n");
  const own = vscode.workspace.asRelativePath(document.uri, false);
  const found = await findImports(importTargets(document.languageId, head, own), folder.uri.fsPath, document.uri.fsPath, MOST_FILES);
  return found.map((file) => vscode.Uri.file(file));
}
