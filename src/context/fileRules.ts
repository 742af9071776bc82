import { realpath } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { excludePattern } from "../completion/excludePattern";
import { isIgnoredByGit } from "./gitExtension";
import { HeldAnswers } from "./heldAnswers";
import { IgnoreFiles } from "./ignoreFiles";
import type { LeftOutReason } from "./leftOut";
import { matchesGlob } from "./matchesGlob";

/** Folders of dependencies, and of the version control itself, whether or not git ignores them. */
const GENERATED = /(?:^|\/)(?:node_modules|bower_components|site-packages|__pycache__|\.git|\.hg|\.svn|\.venv|venv)\//;

/** What git says holds so long: it is a process, and is not started at each pause. */
const GIT_HOLDS_MS = 5 * 60_000;
/** Its extension starts later than this one: where nobody could be asked, it is asked again soon. */
const ASK_AGAIN_MS = 5_000;
/** What the settings and the ignore files say, which may change where no change is seen. */
const FILES_HOLD_MS = 5_000;

/** Says which files may be shown to the model while another is written. Whatever is in doubt may not. */
export class FileRules {
  private readonly ignoreFiles: IgnoreFiles;
  private readonly byFiles: HeldAnswers<LeftOutReason | undefined>;
  private readonly byGit: HeldAnswers<boolean | undefined>;

  /** @param exclude the globs of `unmask.exclude` for a file */
  constructor(
    private readonly exclude: (uri: vscode.Uri) => readonly string[],
    nowMs: () => number,
  ) {
    this.ignoreFiles = new IgnoreFiles(nowMs);
    this.byFiles = new HeldAnswers(nowMs, () => FILES_HOLD_MS);
    this.byGit = new HeldAnswers(nowMs, (ignored) => (ignored === undefined ? ASK_AGAIN_MS : GIT_HOLDS_MS));
  }

  /** @returns why a file may not be used; undefined: it may */
  async refuse(uri: vscode.Uri): Promise<LeftOutReason | undefined> {
    const key = uri.toString();
    const reason = await this.byFiles.get(key, () => this.refuseWithoutGit(uri));
    if (reason !== undefined) return reason;
    // In doubt it is ignored: git that fails has said nothing.
    const byGit = await this.byGit.get(key, () => isIgnoredByGit(uri).catch(() => true));
    return byGit === true ? "ignored" : undefined;
  }

  /** The same without git, which is a process: for many files at once, of which each that is to be shown is judged by `refuse` too. */
  async refuseWithoutGit(uri: vscode.Uri): Promise<LeftOutReason | undefined> {
    if (uri.scheme !== "file") return "notAFile";
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) return "outside";
    // A link in the project may lead anywhere: what it leads to has to be allowed too.
    const root = await realpath(folder.uri.fsPath).catch(() => undefined);
    const file = await realpath(uri.fsPath).catch(() => undefined);
    if (root === undefined || file === undefined) return "unreadable";
    const below = path.relative(root, file);
    if (below.startsWith("..") || path.isAbsolute(below)) return "outside";
    const real = vscode.Uri.joinPath(folder.uri, below.split(path.sep).join("/"));
    for (const each of real.toString() === uri.toString() ? [uri] : [uri, real]) {
      const reason = this.named(each, folder);
      if (reason !== undefined) return reason;
    }
    return (await this.ignoreFiles.ignores(file, root)) ? "ignored" : undefined;
  }

  /** Ignore files or settings changed. */
  clear(): void {
    this.ignoreFiles.clear();
    this.byFiles.clear();
    this.byGit.clear();
  }

  private named(uri: vscode.Uri, folder: vscode.WorkspaceFolder): LeftOutReason | undefined {
    if (this.exclude(uri).some((glob) => matchesGlob(uri, excludePattern(glob)))) return "excluded";
    if (GENERATED.test(vscode.workspace.asRelativePath(uri, false))) return "generated";
    const hidden = vscode.workspace.getConfiguration("files", uri).get<Record<string, unknown>>("exclude") ?? {};
    const isHidden = Object.entries(hidden).some(
      // A glob that names a folder hides what is in it.
      ([glob, on]) => on !== false && [glob, `${glob}/**`].some((each) => matchesGlob(uri, new vscode.RelativePattern(folder, each))),
    );
    return isHidden ? "hidden" : undefined;
  }
}
