import type { Attempt, Contestant } from "./attempt";
import { CUTS, type Cut } from "./cuts";
import type { KeptAttempt } from "./evalFile";
import { figuresOf, type Outcome } from "./figures";
import type { Problem } from "./problem";
import type { ContestantResult } from "./result";
import { judge, type Judges, type Verdict } from "./verdict";

/** A problem's test takes a process: two at a time leave a small machine alive. */
const JUDGED_AT_ONCE = 2;

/** Keeps what there is so far: the attempts at the first problems. */
export type Keep = (attempts: readonly KeptAttempt[]) => Promise<void>;

/** Lets a contestant answer the problems that it has not answered yet, one after the other. @throws as `attempt` and `keep` do */
export async function attemptAll(
  contestant: Pick<Contestant, "attempt">,
  problems: readonly Problem[],
  before: readonly KeptAttempt[],
  keep: Keep,
  signal: AbortSignal,
): Promise<readonly KeptAttempt[]> {
  const attempts = [...before];
  for (const problem of problems.slice(before.length)) {
    const { id, language, kind } = problem;
    attempts.push({ id, language, kind, ...(await contestant.attempt(problem, signal)) });
    await keep([...attempts]);
  }
  return attempts;
}

/**
 * Judges the attempts at these problems, in their order, that were not judged yet. What can't be judged ends it: nothing more is begun.
 * @throws as the judges and `keep` do, once all that was begun has ended; the signal's reason
 */
export async function judgeAll(
  problems: readonly Problem[],
  before: readonly KeptAttempt[],
  judges: Judges,
  keep: Keep,
  signal: AbortSignal,
): Promise<readonly Required<KeptAttempt>[]> {
  const attempts = [...before];
  const tasks = [...attempts.keys()].filter((at) => attempts[at]!.verdicts === undefined).values();
  const failure = new AbortController();
  const goesOn = AbortSignal.any([signal, failure.signal]);
  const work = async (): Promise<void> => {
    try {
      for (const at of tasks) {
        goesOn.throwIfAborted();
        attempts[at] = { ...attempts[at]!, verdicts: await verdictsOn(problems[at]!, attempts[at]!, judges) };
        await keep([...attempts]);
      }
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: JUDGED_AT_ONCE }, work));
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  return attempts as Required<KeptAttempt>[];
}

async function verdictsOn(problem: Problem, attempt: Pick<Attempt, "text">, judges: Judges): Promise<Record<Cut, Verdict>> {
  const entries: [Cut, Verdict][] = [];
  for (const cut of CUTS) entries.push([cut, await judge(problem, attempt, cut, judges)]);
  return Object.fromEntries(entries) as Record<Cut, Verdict>;
}

export function outcomesOf(attempts: readonly Required<KeptAttempt>[], cut: Cut): Outcome[] {
  return attempts.map((attempt) => ({ ...attempt, ...attempt.verdicts[cut] }));
}

/** The figures of a contestant that has answered everything. */
export function resultOf(attempts: readonly Required<KeptAttempt>[]): ContestantResult {
  const whole = outcomesOf(attempts, "whole");
  const by = (key: "kind" | "language") => {
    const values = [...new Set(attempts.map((attempt) => attempt[key]))].sort();
    return Object.fromEntries(values.map((value) => [value, figuresOf(whole.filter((_, at) => attempts[at]![key] === value))]));
  };
  return {
    cuts: { whole: figuresOf(whole), line: figuresOf(outcomesOf(attempts, "line")), length: figuresOf(outcomesOf(attempts, "length")) },
    kinds: by("kind"),
    languages: by("language"),
  };
}
