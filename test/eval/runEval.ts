import type { Contestant, Entry } from "./attempt";
import { attemptAll, judgeAll, resultOf, type Keep } from "./contest";
import type { EvalKeeper } from "./evalKeeper";
import type { KeptAttempt, KeptContestant } from "./evalFile";
import type { Problem } from "./problem";
import type { Judges } from "./verdict";

export interface Run {
  readonly problems: readonly Problem[];
  readonly keeper: EvalKeeper;
  readonly judges: Judges;
  readonly machine: () => KeptContestant["machine"];
  readonly signal: AbortSignal;
  /** @param of what is done, so many of all */
  readonly onProgress: (name: string, of: "answered" | "judged", done: number, all: number) => void;
}

/**
 * Lets all contestants answer, one after the other, and judges what each has answered once it is gone: neither disturbs the other's time. Whatever
 * ends it early, what was answered and judged is kept.
 * @throws EvalError; the engine's and the store's errors
 */
export async function runEval(entries: readonly Entry[], run: Run): Promise<void> {
  const { keeper } = run;
  const ids = run.problems.map(({ id }) => id);
  const before = entries.map((entry) => keeper.enter(entry, ids));
  try {
    for (const [at, entry] of entries.entries()) {
      const attempts = await answers(entry, before[at]!, run);
      const judged = await judgeAll(run.problems, attempts, run.judges, keep(entry, run, "judged"), run.signal);
      await keeper.keepResult(entry.name, resultOf(judged));
    }
  } finally {
    await keeper.save();
  }
}

async function answers(entry: Entry, before: readonly KeptAttempt[], run: Run): Promise<readonly KeptAttempt[]> {
  if (before.length === run.problems.length) return before;
  run.keeper.keepMachine(entry.name, run.machine());
  const contestant = await start(entry, run.signal);
  try {
    return await attemptAll(contestant, run.problems, before, keep(entry, run, "answered"), run.signal);
  } finally {
    await contestant.stop();
  }
}

async function start(entry: Entry, signal: AbortSignal): Promise<Contestant> {
  try {
    return await entry.start();
  } catch (error) {
    // A terminal's Ctrl-C ends its process too: that it does not start is the interruption then.
    signal.throwIfAborted();
    throw error;
  }
}

function keep({ name }: Entry, { keeper, problems, onProgress }: Run, of: "answered" | "judged"): Keep {
  return async (attempts) => {
    const done = of === "answered" ? attempts.length : attempts.filter(({ verdicts }) => verdicts).length;
    onProgress(name, of, done, problems.length);
    await keeper.keepAttempts(name, attempts);
  };
}
