import { setTimeout as wait } from "node:timers/promises";
import { randomFrom } from "../randomFrom";
import { answerLines } from "./answerLines";
import { chooseStretches, DEFAULT_RULE } from "./chooseStretches";
import type { Habit } from "./decideKey";
import { addCounts, countKeys, NO_KEYS, type KeyCounts } from "./keyCounts";
import type { Pipeline } from "./pipeline";
import { playStretch, type Answered } from "./playStretch";
import type { RealFile } from "./realFiles";
import { TypedStretch } from "./typedStretch";

export interface ReplayedFile {
  readonly package: string;
  readonly path: string;
  readonly language: string;
  readonly stretches: number;
  readonly counts: Partial<Record<Habit, KeyCounts>>;
}

export interface ReplayOptions {
  readonly habits: readonly Habit[];
  readonly seed: number;
  /** most stretches of the file */
  readonly stretches: number;
  readonly takeAnswers: () => readonly Omit<Answered, "ahead">[];
  /** Sees each answer of the backend as a line of JSON. */
  readonly onAnswers: (habit: Habit, lines: readonly string[]) => void;
}

const PARSE_TRIES = 200;
const PARSE_TRY_MS = 10;

/** Types some stretches of a file, with each habit from the file as it is and with no answer known. */
export async function replayFile(pipeline: Pipeline, file: RealFile, text: string, options: ReplayOptions): Promise<ReplayedFile> {
  const { habits, seed, stretches: count, takeAnswers, onAnswers } = options;
  // by its own hash, so that another file beside it changes nothing here
  const random = randomFrom(seed + Number.parseInt(file.sha256.slice(0, 8), 16));
  const stretches = chooseStretches(text, file.language, random, { ...DEFAULT_RULE, count });
  const counts: Partial<Record<Habit, KeyCounts>> = {};
  for (const [at, stretch] of stretches.entries()) {
    const begun = TypedStretch.begin(text, stretch);
    // a grammar that is still loading would make the first keys others than in the next run
    for (let tries = 0; tries < PARSE_TRIES && !pipeline.isParsed(begun.place(file.path, file.language)); tries++) await wait(PARSE_TRY_MS);
    for (const habit of habits) {
      pipeline.completer.reset();
      const keys = await playStretch(pipeline, begun, file, habit, takeAnswers);
      counts[habit] = addCounts(counts[habit] ?? NO_KEYS, countKeys(keys));
      onAnswers(habit, answerLines(file, at, keys));
    }
  }
  return { package: file.package, path: file.path, language: file.language, stretches: stretches.length, counts };
}
