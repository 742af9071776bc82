import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { isIgnored, parseIgnoreFile, type IgnoreFile, type IgnoreRule } from "./gitIgnore";
import { HeldAnswers } from "./heldAnswers";

/** What was found holds so long before it is looked at anew: outside the open folders nobody tells of a change. */
const HOLDS_MS = 5_000;

/** An ignore file as it was read. */
interface Read {
  /** when it was written and how large it is; undefined: there is none */
  readonly version: string | undefined;
  readonly rules: readonly IgnoreRule[];
}

/** The .gitignore files of the disk. Each is looked at again after some seconds, and read again where it has changed. */
export class IgnoreFiles {
  private readonly files: HeldAnswers<Read>;
  private readonly tops: HeldAnswers<string>;

  constructor(nowMs: () => number) {
    this.files = new HeldAnswers(nowMs, () => HOLDS_MS);
    this.tops = new HeldAnswers(nowMs, () => HOLDS_MS);
  }

  /**
   * Whether one between the file and the top of its repository names it; without a repository, up to `root`.
   * @param file absolute @param root a folder above it
   */
  async ignores(file: string, root: string): Promise<boolean> {
    const top = await this.topOf(root);
    const folders = foldersBetween(top, path.dirname(file));
    const below = (inner: string): string => path.relative(top, inner).split(path.sep).join("/");
    const files: IgnoreFile[] = [{ folder: "", rules: await this.rulesIn(path.join(top, ".git", "info", "exclude")) }];
    for (const folder of folders) files.push({ folder: below(folder), rules: await this.rulesIn(path.join(folder, ".gitignore")) });
    return isIgnored(files, below(file));
  }

  clear(): void {
    this.files.clear();
    this.tops.clear();
  }

  /** The folder of the repository that `root` belongs to; `root` itself where there is none. */
  private topOf(root: string): Promise<string> {
    return this.tops.get(root, async () => {
      for (let folder = root; ; folder = path.dirname(folder)) {
        if ((await versionOf(path.join(folder, ".git"))) !== undefined) return folder;
        if (path.dirname(folder) === folder) return root;
      }
    });
  }

  private async rulesIn(file: string): Promise<readonly IgnoreRule[]> {
    const read = await this.files.get(file, async (before) => {
      const [last, version] = [await before, await versionOf(file)];
      if (last !== undefined && last.version === version) return last;
      return { version, rules: version === undefined ? [] : parseIgnoreFile((await readOrNothing(file)) ?? "") };
    });
    return read.rules;
  }
}

/** From the topmost down, both ends included. */
function foldersBetween(top: string, bottom: string): string[] {
  const folders = [top];
  for (const part of path.relative(top, bottom).split(path.sep).filter(Boolean)) folders.push(path.join(folders.at(-1)!, part));
  return folders;
}

/** @returns undefined where there is nothing */
async function versionOf(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => undefined,
  );
}

/** A file that cannot be read ignores nothing, as for git. */
async function readOrNothing(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
