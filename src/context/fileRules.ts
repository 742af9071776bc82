import { realpath } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { excludePattern } from "../completion/excludePattern";
import { isIgnoredByGit } from "./gitExtension";
import { IgnoreFiles } from "./ignoreFiles";
import type { LeftOutReason } from "./leftOut";
import { matchesGlob } from "./matchesGlob";

/** Folders of dependencies, and of the version control itself, whether or not git ignores them. */
const GENERATED = /(?:^|\/)(?:node_modules|bower_components|site-packages|__pycache__|\.git|\.hg|\.svn|\.venv|venv)\//;

/** A verdict holds so long: the user's own ignore file lies where no change of it is seen. */
const HOLDS_MS = 5 * 60_000;
/** One that git had no part in: its extension starts later than this one, and ignore files above the open folder change unseen. */
const HOLDS_WITHOUT_GIT_MS = 5_000;
const MOST_KNOWN = 500;

interface Verdict {
  readonly reason: Promise<LeftOutReason | undefined>;
  untilMs: number;
}

/** Says which files may be shown to the model while another is written. Whatever is in doubt may not. */
export class FileRules {
  private readonly ignoreFiles: IgnoreFiles;
  private readonly known = new Map<string, Verdict>();

  /** @param exclude the globs of `unmask.exclude` for a file */
  constructor(
    private readonly exclude: (uri: vscode.Uri) => readonly string[],
    private readonly nowMs: () => number,
  ) {
    this.ignoreFiles = new IgnoreFiles(nowMs);
  }

  /** @returns why a file may not be used; undefined: it may. Once found, that holds for a while: git is a process, and is not started at each pause. */
  refuse(uri: vscode.Uri): Promise<LeftOutReason | undefined> {
    const key = uri.toString();
    const known = this.known.get(key);
    if (known !== undefined && known.untilMs > this.nowMs()) return known.reason;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const onNoGit = (): void => void (verdict.untilMs = this.nowMs() + HOLDS_WITHOUT_GIT_MS);
    const verdict: Verdict = { reason: this.judge(uri, onNoGit), untilMs: this.nowMs() + HOLDS_MS };
    this.known.set(key, verdict);
    return verdict.reason;
  }

  /** The same without git, which is a process: for many files at once, of which each that is to be shown is judged by `refuse` too. */
  async refuseUnasked(uri: vscode.Uri): Promise<LeftOutReason | undefined> {
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

  /** @param onNoGit called, after the first wait, where git could not be asked */
  private async judge(uri: vscode.Uri, onNoGit: () => void): Promise<LeftOutReason | undefined> {
    const reason = await this.refuseUnasked(uri);
    if (reason !== undefined) return reason;
    // In doubt it is: git that fails has said nothing.
    const byGit = await isIgnoredByGit(uri).catch(() => true);
    if (byGit === undefined) onNoGit();
    return byGit === true ? "ignored" : undefined;
  }

  /** Ignore files or settings changed. */
  clear(): void {
    this.ignoreFiles.clear();
    this.known.clear();
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
