import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { EvalError } from "./evalError";
import type { Problem } from "./problem";

/**
 * Reads HumanEval-Infilling's format (task_id, prompt, suffix, canonical_solution, test, entry_point) or infill-dev's (id, language, kind, source, prefix,
 * suffix, target), gzipped or not.
 * @param limit so many, evenly spaced over the file
 * @throws EvalError badData where a line is neither; noData where the file can't be read, holds none, or one twice
 */
export function readProblems(file: string, limit = Infinity): Problem[] {
  const lines = readText(file).split(/\r?\n/);
  const problems = lines.flatMap((line, index) => (line.trim() === "" ? [] : [toProblem(line, { file, line: index + 1 })]));
  if (problems.length === 0) throw new EvalError({ kind: "noData", file, detail: "holds no problems" });
  const seen = new Set<string>();
  for (const { id } of problems) {
    if (seen.has(id)) throw new EvalError({ kind: "noData", file, detail: `has ${id} twice` });
    seen.add(id);
  }
  const count = Math.min(limit, problems.length);
  return Array.from({ length: count }, (_, i) => problems[Math.floor((i * problems.length) / count)]!);
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    // zlib's own are no system errors: a file that was cut off, or that only ends like one.
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === undefined) throw error;
    const detail = code.startsWith("Z_") ? `is no whole gzip file (${code})` : `can't be read (${code})`;
    throw new EvalError({ kind: "noData", file, detail }, { cause: error });
  }
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function toProblem(line: string, place: Place): Problem {
  const fields = parse(line, place);
  const optional = (name: string): string | undefined => (typeof fields[name] === "string" ? fields[name] : undefined);
  const text = (...names: string[]): string => {
    const found = names.map(optional).find((value) => value !== undefined);
    if (found === undefined) throw bad(place, `has no ${names.join(" or ")}`);
    return found;
  };
  const [path, code, entryPoint] = [optional("source"), optional("test"), optional("entry_point")];
  return {
    id: text("task_id", "id"),
    // HumanEval names no language: it has one.
    language: optional("language") ?? "python",
    kind: optional("kind") ?? "span",
    prefix: text("prompt", "prefix"),
    suffix: text("suffix"),
    target: text("canonical_solution", "target"),
    ...(path !== undefined && { path }),
    ...(code !== undefined && entryPoint !== undefined && { tests: { code, entryPoint } }),
  };
}

function parse(line: string, place: Place): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw bad(place, "is no JSON object");
}

function bad({ file, line }: Place, detail: string): EvalError {
  return new EvalError({ kind: "badData", file, line, detail });
}
