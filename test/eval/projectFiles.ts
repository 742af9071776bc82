import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import type { RelatedPiece } from "../../src/backends/infiller";
import { chooseRelated, type IndexedText } from "../../src/context/chooseRelated";
import { errorCode } from "../../src/model/store/errorCode";
import { definitions } from "../../src/context/definitions";
import { EvalError } from "./evalError";

const MOST_BYTES = 200_000;
/** Of the languages that the sets in data/ have: a file of another one would have no others of its kind. */
const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".py", ".go", ".rs", ".java"];

/** The packages that problems come from, as a person would have them on the disk: DIRECTORY/PACKAGE/…; what a problem asks for is never read, only other files. */
export class ProjectFiles {
  private readonly packages = new Map<string, readonly IndexedText[]>();

  constructor(private readonly directory: string) {}

  /** Before a run gets there. @throws EvalError badOption where the file is of no kind that is read */
  check(path: string): void {
    if (EXTENSIONS.includes(extname(path))) return;
    const detail = `--files has no pieces for ${path}, only for ${EXTENSIONS.join(", ")}: leave --files out, or such problems.`;
    throw new EvalError({ kind: "badOption", detail });
  }

  /**
   * Pieces of other files of the package that `path` lies in (its first two folders), of the same kind of file; files of the same folder are preferred.
   * @throws EvalError badOption as `check`, and where the package is not there
   */
  around(path: string, text: { readonly before: string; readonly after: string }): RelatedPiece[] {
    this.check(path);
    const root = path.split("/").slice(0, 2).join("/");
    const all = this.packages.get(root) ?? this.read(root);
    this.packages.set(root, all);
    const isNear = (other: IndexedText) => (dirname(other.path) === dirname(path) ? 0 : 1);
    const others = all
      .filter((other) => other.path !== path && extname(other.path) === extname(path))
      .sort((a, b) => isNear(a) - isNear(b));
    return chooseRelated(text, definitions(text.before + text.after), others);
  }

  private list(folder: string): string[] {
    try {
      return readdirSync(folder, { recursive: true, encoding: "utf8" });
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      throw new EvalError({ kind: "badOption", detail: `--files has not the package ${folder} (${code}).` }, { cause: error });
    }
  }

  private read(root: string): IndexedText[] {
    const files = this.list(join(this.directory, root))
      .filter((file) => EXTENSIONS.includes(extname(file)) && !/\.d\.[mc]?ts$/.test(file) && !/(^|\/)(dist|build)\//.test(file))
      .map((file) => join(this.directory, root, file))
      .filter((file) => statSync(file).isFile() && statSync(file).size < MOST_BYTES);
    return files.map((file) => {
      const text = readFileSync(file, "utf8");
      return { path: relative(this.directory, file), text, definitions: definitions(text) };
    });
  }
}
