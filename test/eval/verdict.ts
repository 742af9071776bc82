import type { Attempt } from "./attempt";
import { cutAnswer, type Cut } from "./cuts";
import { editSimilarity } from "./editSimilarity";
import type { Problem } from "./problem";

/** What an answer is worth, cut in one way. */
export interface Verdict {
  /** null: the problem has no tests */
  readonly isPassed: boolean | null;
  /** the very text that stood there */
  readonly isExact: boolean;
  readonly similarity: number;
  /** the file has no more syntax errors than with what stood there */
  readonly parses: boolean;
}

export interface Judges {
  readonly passesTests: (problem: Problem, answer: string) => Promise<boolean>;
  /** syntax errors in a file of a language */
  readonly syntaxErrors: (language: string, text: string) => Promise<number>;
}

/** @throws Error as the judges do */
export async function judge(problem: Problem, attempt: Pick<Attempt, "text">, cut: Cut, judges: Judges): Promise<Verdict> {
  const { prefix, suffix, target, language, tests } = problem;
  const answer = cutAnswer(cut, attempt.text, problem);
  const [isPassed, errors, errorsBefore] = await Promise.all([
    tests === undefined ? null : judges.passesTests(problem, answer),
    judges.syntaxErrors(language, prefix + answer + suffix),
    judges.syntaxErrors(language, prefix + target + suffix),
  ]);
  return { isPassed, isExact: answer === target, similarity: editSimilarity(answer, target), parses: errors <= errorsBefore };
}
