/** One line of an ignore file. */
export interface IgnoreRule {
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  /** of a path below the ignore file's folder */
  readonly pattern: RegExp;
}

/** An ignore file's rules, and the folder it lies in: a path with `/`, "" for the topmost. */
export interface IgnoreFile {
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
}

/** The rules of a .gitignore, as gitignore(5) describes them. Pure; a line that is no pattern is left out. */
export function parseIgnoreFile(text: string): IgnoreRule[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const trimmed = line.replace(/(?<!\\) +$/, "");
      if (trimmed === "" || trimmed.startsWith("#")) return [];
      const isNegated = trimmed.startsWith("!");
      const written = isNegated ? trimmed.slice(1) : trimmed;
      const foldersOnly = written.endsWith("/");
      const body = foldersOnly ? written.slice(0, -1) : written;
      if (body === "" || body === "/") return [];
      const pattern = toRegExp(body);
      return pattern === undefined ? [] : [{ isNegated, foldersOnly, pattern }];
    });
}

/**
 * Whether a file is ignored. What lies in an ignored folder is, whatever later rules say. Pure.
 * @param files from the topmost folder down: the nearer one decides
 * @param path of the file, below the topmost folder, with `/`
 */
export function isIgnored(files: readonly IgnoreFile[], path: string): boolean {
  const parts = path.split("/");
  return parts.some((_, index) => isIgnoredItself(files, parts.slice(0, index + 1).join("/"), index < parts.length - 1));
}

function isIgnoredItself(files: readonly IgnoreFile[], path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, rules } of files) {
    if (folder !== "" && !path.startsWith(`${folder}/`)) continue;
    const below = folder === "" ? path : path.slice(folder.length + 1);
    for (const { isNegated, foldersOnly, pattern } of rules) {
      if ((isFolder || !foldersOnly) && pattern.test(below)) ignored = !isNegated;
    }
  }
  return ignored;
}

/** @returns undefined where the pattern cannot match anything, such as one with an open bracket */
function toRegExp(body: string): RegExp | undefined {
  // Without a slash but at its end it names something in any folder.
  const isAnchored = body.includes("/");
  let rest = body.startsWith("/") ? body.slice(1) : body;
  let source = isAnchored ? "^" : "^(?:.*/)?";
  while (rest !== "") {
    const [read, matching] = nextPart(rest, source === "^" || source.endsWith("/") || source.endsWith("/)?"));
    if (read === 0) return undefined;
    source += matching;
    rest = rest.slice(read);
  }
  try {
    return new RegExp(`${source}$`, "s");
  } catch (error) {
    // A bracket's content that JavaScript reads as a range backwards: git matches nothing by it either.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns how much of the pattern was read, 0 where it is broken, and what it matches */
function nextPart(rest: string, atStart: boolean): [number, string] {
  const between = atStart ? /^(?:\*\*\/)+/.exec(rest) : null;
  if (between !== null) return [between[0].length, "(?:.*/)?"];
  if (atStart && rest === "**") return [2, ".+"];
  const stars = /^\*+/.exec(rest);
  if (stars !== null) return [stars[0].length, "[^/]*"];
  if (rest.startsWith("?")) return [1, "[^/]"];
  if (rest.startsWith("\\")) return rest.length < 2 ? [0, ""] : [2, escaped(rest[1]!)];
  if (!rest.startsWith("[")) return [1, escaped(rest[0]!)];
  const bracket = /^\[([!^]?)(\]?(?:\\.|\[:\w+:\]|[^\]\\])*)\]/s.exec(rest);
  if (bracket === null) return [0, ""];
  const content = bracket[2]!.replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? "").replace(/^\]|\[/g, "\\$&");
  return [bracket[0].length, `(?!/)[${bracket[1] === "" ? "" : "^"}${content}]`];
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: "a-zA-Z",
  digit: "0-9",
  alnum: "a-zA-Z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  xdigit: "0-9a-fA-F",
};

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
