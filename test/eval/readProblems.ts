import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Problem } from "./problem";

/**
 * Reads HumanEval-Infilling's format (task_id, prompt, suffix, canonical_solution, test, entry_point) or infill-dev's (id, language, kind, source, prefix,
 * suffix, target), gzipped or not.
 * @param limit so many, evenly spaced over the file
 * @throws Error with the file and the line where one is neither; where the file holds none
 */
export function readProblems(file: string, limit = Infinity): Problem[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  const problems = lines.flatMap((line, index) => (line.trim() === "" ? [] : [toProblem(line, `${file}:${index + 1}`)]));
  if (problems.length === 0) throw new Error(`${file} holds no problems`);
  const count = Math.min(limit, problems.length);
  return Array.from({ length: count }, (_, i) => problems[Math.floor((i * problems.length) / count)]!);
}

function toProblem(line: string, place: string): Problem {
  const fields = parse(line, place);
  const optional = (name: string): string | undefined => (typeof fields[name] === "string" ? fields[name] : undefined);
  const text = (...names: string[]): string => {
    const found = names.map(optional).find((value) => value !== undefined);
    if (found === undefined) throw new Error(`${place} has no ${names.join(" or ")}`);
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

function parse(line: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(`${place} is no JSON object: the file may be cut off`);
}
