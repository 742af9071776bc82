import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { isIgnored, parseIgnoreFile, type IgnoreFile, type IgnoreRule } from "./gitIgnore";

/** The .gitignore files of the disk. Each is read once, until `clear`. */
export class IgnoreFiles {
  private readonly rules = new Map<string, Promise<readonly IgnoreRule[]>>();
  private readonly tops = new Map<string, Promise<string>>();

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
    this.rules.clear();
    this.tops.clear();
  }

  /** The folder of the repository that `root` belongs to; `root` itself where there is none. */
  private topOf(root: string): Promise<string> {
    return this.once(this.tops, root, async () => {
      for (let folder = root; ; folder = path.dirname(folder)) {
        if (await exists(path.join(folder, ".git"))) return folder;
        if (path.dirname(folder) === folder) return root;
      }
    });
  }

  private rulesIn(file: string): Promise<readonly IgnoreRule[]> {
    return this.once(this.rules, file, async () => parseIgnoreFile((await readOrNothing(file)) ?? ""));
  }

  private once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  }
}

/** From the topmost down, both ends included. */
function foldersBetween(top: string, bottom: string): string[] {
  const folders = [top];
  for (const part of path.relative(top, bottom).split(path.sep).filter(Boolean)) folders.push(path.join(folders.at(-1)!, part));
  return folders;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** A file that cannot be read ignores nothing, as for git. */
async function readOrNothing(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
