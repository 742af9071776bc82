import type { Habit } from "./decideKey";
import { sumOf, differences, figuresOf } from "./replayFigures";
import type { ReplayedFile } from "./replayFile";
import { figureTable } from "./replayTable";

/** What a replay came to, as it is kept: two of them can be compared. */
export interface ReplayRun {
  /** which backend answered */
  readonly arm: string;
  /** settings of the pipeline other than the extension's, NAME=VALUE */
  readonly set: readonly string[];
  readonly seed: number;
  /** most of a file */
  readonly stretches: number;
  readonly habits: readonly Habit[];
  readonly files: readonly ReplayedFile[];
}

/** Each habit's figures over all files, and by language. */
export function describeRun(run: ReplayRun): string {
  const { files, habits } = run;
  const languages = [...new Set(files.map(({ language }) => language))];
  const of = (habit: Habit, language?: string) =>
    files.filter((file) => language === undefined || file.language === language).map(({ counts }) => counts[habit]!);
  return habits
    .map((habit) => {
      const { keysAlone, keys, shownLives, asked } = sumOf(of(habit));
      const columns = Object.fromEntries(languages.map((language) => [language, of(habit, language)]));
      return [
        `${nameOf(run)}, ${habit}: ${files.length} files`,
        `${keysAlone} keystrokes without help, ${keys} with; ${shownLives} distinct suggestions; ${asked} answers`,
        figureTable(figuresOf(of(habit)), columns),
      ].join("\n");
    })
    .join("\n\n");
}

/**
 * How much more one run has than another, by the files and habits that both have.
 * @throws Error where they typed other stretches
 */
export function describeDifference(run: ReplayRun, other: ReplayRun): string {
  if (run.seed !== other.seed || run.stretches !== other.stretches)
    throw new Error("The two runs typed other stretches: same --seed and --stretches.");
  const pairs = run.files.flatMap((file) => {
    const theirs = other.files.find((one) => one.package === file.package && one.path === file.path);
    return theirs === undefined ? [] : [[file, theirs] as const];
  });
  return run.habits
    .filter((habit) => other.habits.includes(habit))
    .map((habit) => {
      const figures = differences(
        pairs.map(([file]) => file.counts[habit]!),
        pairs.map(([, file]) => file.counts[habit]!),
      );
      return `${nameOf(run)} less ${nameOf(other)}, ${habit}: ${pairs.length} files, paired\n${figureTable(figures, {})}`;
    })
    .join("\n\n");
}

function nameOf({ arm, set }: ReplayRun): string {
  return set.length === 0 ? arm : `${arm} (${set.join(", ")})`;
}
