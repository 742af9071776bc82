/**
 * Types stretches of real files through the extension's own pipeline, and counts what a person would have got of it: npx tsx test/replay/replayFiles.ts
 *
 *   --model DIRECTORY   a prepared model (absent: as test/bench finds one)
 *   --peer FOLDER       where node-llama-cpp is installed: it answers instead, one token at a time, with the base that --base names
 *   --base FILE         a GGUF
 *   --set NAME=VALUE    a setting of the pipeline, as JSON where it is; may be repeated; leastSureness=0 is no gate
 *   --files N           the first so many of each language (all)
 *   --stretches N       of each file (3)
 *   --habits H,H        typed: nothing is accepted; accept: what is right to its end; words: else its next word (all three)
 *   --seed N            of the stretches (1)
 *   --threads N         (absent: as the engine chooses)
 *   --json FILE         the counts, by file and habit
 *   --compare FILE      the --json of another run of the same files: paired differences, this run less that one
 *   --answers DIRECTORY each answer of the backend, answers-HABIT.jsonl
 *
 * Each keystroke waits for its answer and no deadline cuts one off: the counts say nothing of speed, and do not depend on it. The person types without an
 * editor's closing brackets; Enter brings the next line's indentation, and a stretch begins behind one. Fetches the files; needs a build.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chooseThreads } from "../../src/engine/chooseThreads";
import type { CompletionSettings } from "../../src/completion/completionQuery";
import { findModel } from "../bench/findModel";
import { randomFrom } from "../randomFrom";
import { answerLines } from "./answerLines";
import { chooseStretches, DEFAULT_RULE } from "./chooseStretches";
import type { Habit } from "./decideKey";
import { getRealFile } from "./getRealFiles";
import { countKeys, type KeyCounts } from "./keyCounts";
import { LlamaInfiller } from "./llamaInfiller";
import { Pipeline } from "./pipeline";
import { playStretch, type Answered } from "./playStretch";
import { REAL_FILES, type RealFile } from "./realFiles";
import { rememberAnswers } from "./rememberAnswers";
import { differences, figuresOf, sumOf } from "./replayFigures";
import { figureTable } from "./replayTable";
import { TypedStretch } from "./typedStretch";
import { availableParallelism } from "node:os";

const HABITS: readonly Habit[] = ["typed", "accept", "words"];
/** Long enough for any answer on any machine. */
const NO_DEADLINE_MS = 60_000;
const PARSE_TRIES = 200;

export interface ReplayedFile {
  readonly package: string;
  readonly path: string;
  readonly language: string;
  readonly counts: Partial<Record<Habit, KeyCounts>>;
}

function settingsOf(set: readonly string[]): Partial<CompletionSettings> {
  const value = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  return Object.fromEntries(set.map((one) => [one.split("=", 1)[0]!, value(one.slice(one.indexOf("=") + 1))]));
}

/** The first `count` of each language. */
function someFiles(count: number): RealFile[] {
  return REAL_FILES.filter((file) => REAL_FILES.filter(({ language }) => language === file.language).indexOf(file) < count);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string" },
      peer: { type: "string" },
      base: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      files: { type: "string", default: "1000" },
      stretches: { type: "string", default: String(DEFAULT_RULE.count) },
      habits: { type: "string", default: HABITS.join() },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: "0" },
      json: { type: "string" },
      compare: { type: "string" },
      answers: { type: "string" },
    },
  });
  const habits = values.habits.split(",") as Habit[];
  const unknown = habits.find((habit) => !HABITS.includes(habit));
  if (unknown !== undefined) throw new Error(`There is no habit ${unknown}: choose from ${HABITS.join(", ")}.`);
  const { directory, base } = await findModel(values.model, values.base);
  const threads = chooseThreads(Number(values.threads), availableParallelism());
  const llama = values.peer === undefined ? undefined : await LlamaInfiller.start(values.peer, base, threads);
  const answers: Answered[] = [];
  const pipeline = new Pipeline({
    modelDirectory: directory,
    threads: Number(values.threads),
    deadlineMs: NO_DEADLINE_MS,
    timeless: true,
    // comments get no suggestions unless they are asked for, as in the extension's own settings
    settings: { comments: false, ...settingsOf(values.set) },
    backend: (local) => rememberAnswers(llama ?? local),
    watch: ({ infill: request }) => ({
      onStep: () => undefined,
      onEnd: (infill) => void (infill !== undefined && answers.push({ request, infill })),
    }),
  });
  const startMs = performance.now();
  const files: ReplayedFile[] = [];
  const lines: Partial<Record<Habit, string[]>> = {};
  try {
    if (llama === undefined) await pipeline.supervisor.warm();
    for (const file of someFiles(Number(values.files))) {
      const text = getRealFile(file);
      // by its own hash, so that another file beside it changes nothing here
      const random = randomFrom(Number(values.seed) + Number.parseInt(file.sha256.slice(0, 8), 16));
      const stretches = chooseStretches(text, file.language, random, { ...DEFAULT_RULE, count: Number(values.stretches) });
      const counts: Partial<Record<Habit, KeyCounts>> = {};
      for (const [at, stretch] of stretches.entries()) {
        const begun = TypedStretch.begin(text, stretch);
        for (let tries = 0; tries < PARSE_TRIES && !pipeline.isParsed(begun.place(file.path, file.language)); tries++) await wait(10);
        for (const habit of habits) {
          pipeline.completer.reset();
          const keys = await playStretch(pipeline, begun, file, habit, () => answers.splice(0));
          counts[habit] = sumOf([...(counts[habit] === undefined ? [] : [counts[habit]]), countKeys(keys)]);
          (lines[habit] ??= []).push(...answerLines(file, at, keys));
        }
      }
      files.push({ package: file.package, path: file.path, language: file.language, counts });
      const keys = habits.map((habit) => `${habit} ${counts[habit]?.keys ?? 0}`).join(", ");
      console.log(
        `${((performance.now() - startMs) / 1_000).toFixed(0)} s: ${file.package} ${file.path}: ${stretches.length} stretches; keys: ${keys}`,
      );
    }
  } finally {
    await pipeline.dispose();
    await llama?.stop();
  }
  const arm = llama === undefined ? "Unmask" : "llama.cpp, one token at a time";
  const run = { arm, set: values.set, seed: Number(values.seed), stretches: Number(values.stretches), files };
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(run, null, 1) + "\n");
  if (values.answers !== undefined) {
    mkdirSync(values.answers, { recursive: true });
    for (const habit of habits) writeFileSync(join(values.answers, `answers-${habit}.jsonl`), (lines[habit] ?? []).join(""));
  }
  const other = values.compare === undefined ? undefined : (JSON.parse(readFileSync(values.compare, "utf8")) as typeof run);
  for (const habit of habits) {
    const of = (some: readonly ReplayedFile[]): KeyCounts[] => some.map(({ counts }) => counts[habit]!);
    const languages = [...new Set(files.map(({ language }) => language))];
    const columns = Object.fromEntries(languages.map((language) => [language, of(files.filter((file) => file.language === language))]));
    const { keysAlone, keys, shownLives, asked } = sumOf(of(files));
    console.log(`\n${arm}${values.set.length > 0 ? ` (${values.set.join(", ")})` : ""}, ${habit}: ${files.length} files`);
    console.log(`${keysAlone} keystrokes without help, ${keys} with; ${shownLives} distinct suggestions; ${asked} answers`);
    console.log(figureTable(figuresOf(of(files)), columns));
    if (other === undefined) continue;
    console.log(`less ${other.arm}${other.set.length > 0 ? ` (${other.set.join(", ")})` : ""}, paired:`);
    console.log(figureTable(differences(of(files), of(other.files)), {}));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
