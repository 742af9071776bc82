import type { Attempt, Contestant } from "./attempt";
import { CUTS, type Cut } from "./cuts";
import { differencesOf, figuresOf, type Outcome } from "./figures";
import type { Problem } from "./problem";
import type { ContestantResult } from "./result";
import { judge, type Judges } from "./verdict";

/** A problem's test takes a process: two at a time leave a small machine alive. */
const JUDGED_AT_ONCE = 2;

/** Lets a contestant answer all problems, one after the other. @param onAnswer is told after each */
export async function attemptAll(
  contestant: Contestant,
  problems: readonly Problem[],
  onAnswer: (attempt: Attempt) => void,
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const problem of problems) {
    const attempt = await contestant.attempt(problem);
    attempts.push(attempt);
    onAnswer(attempt);
  }
  return attempts;
}

/** The verdicts on attempts at these problems, in their order, for each cut. */
export async function judgeAll(
  problems: readonly Problem[],
  attempts: readonly Attempt[],
  judges: Judges,
): Promise<Record<Cut, Outcome[]>> {
  const outcomes: Record<Cut, Outcome[]> = { whole: [], line: [], length: [] };
  const tasks = problems.entries();
  const work = async (): Promise<void> => {
    for (const [at, problem] of tasks)
      for (const cut of CUTS) outcomes[cut][at] = { ...attempts[at]!, ...(await judge(problem, attempts[at]!, cut, judges)) };
  };
  await Promise.all(Array.from({ length: JUDGED_AT_ONCE }, work));
  return outcomes;
}

/** @param first of the first contestant, whole answers; absent: this is the first */
export function resultOf(
  name: string,
  problems: readonly Problem[],
  outcomes: Readonly<Record<Cut, readonly Outcome[]>>,
  first?: readonly Outcome[],
): ContestantResult {
  const by = (key: "kind" | "language") => {
    const values = [...new Set(problems.map((problem) => problem[key]))].sort();
    const of = (value: string) => outcomes.whole.filter((_, at) => problems[at]![key] === value);
    return Object.fromEntries(values.map((value) => [value, figuresOf(of(value))]));
  };
  const { whole, line, length } = outcomes;
  return {
    name,
    cuts: { whole: figuresOf(whole), line: figuresOf(line), length: figuresOf(length) },
    kinds: by("kind"),
    languages: by("language"),
    ...(first && { moreThanFirst: differencesOf(whole, first) }),
  };
}
