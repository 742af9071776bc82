import type { Attempt } from "../../eval/attempt";
import type { Problem } from "../../eval/problem";
import type { Judges } from "../../eval/verdict";

export const PROBLEMS: readonly Problem[] = [
  { id: "1", language: "python", kind: "span", prefix: "a = ", suffix: "\n", target: "1", tests: { code: "", entryPoint: "f" } },
  { id: "2", language: "typescript", kind: "line", prefix: "", suffix: "\n", target: "let b;" },
];

export function attempt(text: string): Attempt {
  return { text, canvas: [1, 2, 3], head: "", ids: [4, 5], passes: 2, writtenTokens: 4, ms: 10, ended: "end" };
}

/** A file with a "(" too many is broken; an answer passes where it is "1". */
export const JUDGES: Judges = {
  passesTests: (_, answer) => Promise.resolve(answer === "1"),
  syntaxErrors: (_, text) => Promise.resolve(text.split("(").length - 1),
};

/** A signal that nobody aborts. */
export const NEVER = new AbortController().signal;
