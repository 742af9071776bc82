import { EvalError } from "../evalError";
import { differingSettings, type EvalFile, type KeptAttempt, type KeptContestant, type SetSettings } from "../evalFile";
import type { ContestantResult } from "../result";
import { plotStems } from "./plotStems";

/** A contestant that has answered everything, and was judged. */
export interface Reported extends ContestantResult, Pick<KeptContestant, "name" | "settings" | "machine"> {
  readonly attempts: readonly Required<KeptAttempt>[];
}

/** All that some files hold of one set of problems. */
export interface ReportedSet {
  readonly set: SetSettings;
  /** what its plots' names begin with: no other set's do */
  readonly stem: string;
  readonly contestants: readonly Reported[];
  /** Runs that are not over: they are named, not counted. */
  readonly unfinished: readonly KeptContestant[];
}

/** The files' contestants by set, in their order. @throws EvalError badOption where two of one set have one name */
export function reportedSets(files: readonly EvalFile[]): ReportedSet[] {
  const sets: { readonly set: SetSettings; readonly all: KeptContestant[] }[] = [];
  for (const { set, contestants } of files) {
    const known = sets.find((other) => differingSettings(other.set, set).length === 0);
    if (known) known.all.push(...contestants);
    else sets.push({ set, all: [...contestants] });
  }
  const stems = plotStems(sets.map(({ set }) => set));
  return sets.map(({ set, all }, at) => {
    const twice = all.find(({ name }, place) => all.findIndex((other) => other.name === name) !== place);
    if (twice) throw new EvalError({ kind: "badOption", detail: `${set.data} has two contestants that are called ${twice.name}.` });
    return {
      set,
      stem: stems[at]!,
      contestants: all.flatMap(({ result, attempts, ...contestant }) =>
        result ? [{ ...contestant, ...result, attempts: attempts as Required<KeptAttempt>[] }] : [],
      ),
      unfinished: all.filter(({ result }) => !result),
    };
  });
}

/** Whom the others of a set are compared with. @param name absent: the first. @throws EvalError badOption */
export function referenceOf({ set, contestants }: ReportedSet, name: string | undefined): Reported | undefined {
  const found = name === undefined ? contestants[0] : contestants.find((contestant) => contestant.name === name);
  if (found || name === undefined) return found;
  const names = contestants.map((contestant) => contestant.name).join("; ");
  throw new EvalError({ kind: "badOption", detail: `${set.data} has no ${name} that is done: choose from ${names}.` });
}
