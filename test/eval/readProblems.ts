import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One thing to fill in. */
export interface Problem {
  readonly id: string;
  readonly prefix: string;
  readonly suffix: string;
  /** what stood there; HumanEval-Infilling's `canonical_solution`, infill-dev's `target` */
  readonly target: string;
  /** where it is from, if the set says */
  readonly path?: string;
}

/**
 * Reads HumanEval-Infilling's format (task_id, prompt, suffix, canonical_solution) or infill-dev's (id, prefix, suffix, target), gzipped or not.
 * @param limit so many, evenly spaced, as the pilot's scripts take them
 * @throws Error where a line is neither
 */
export function readProblems(file: string, limit = Infinity): Problem[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim().split("\n");
  const problems = lines.map((line, index) => toProblem(JSON.parse(line) as Record<string, unknown>, `${file}:${index + 1}`));
  const count = Math.min(limit, problems.length);
  return Array.from({ length: count }, (_, i) => problems[Math.floor((i * problems.length) / count)]!);
}

function toProblem(line: Record<string, unknown>, place: string): Problem {
  const text = (...names: string[]): string => {
    const found = names.map((name) => line[name]).find((value) => typeof value === "string");
    if (typeof found !== "string") throw new Error(`${place} has no ${names.join(" or ")}`);
    return found;
  };
  return {
    id: text("task_id", "id"),
    prefix: text("prompt", "prefix"),
    suffix: text("suffix"),
    target: text("canonical_solution", "target"),
    ...(typeof line["source"] === "string" ? { path: line["source"] } : {}),
  };
}
