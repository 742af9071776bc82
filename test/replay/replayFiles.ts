/**
 * Types stretches of real files through the extension's own pipeline, and counts what a person would have got of it: npx tsx test/replay/replayFiles.ts
 *
 *   --model DIRECTORY   a prepared model (absent: as test/bench finds one)
 *   --peer FOLDER       where node-llama-cpp is installed: it answers instead, one token at a time, with the base that --base names
 *   --base FILE         a GGUF
 *   --set NAME=VALUE    a setting of the pipeline, as JSON where it is; may be repeated; leastSureness=0 is no gate
 *   --gate off|N        the same as --set leastSureness=0 or N
 *   --files N           the first so many of each language (all)
 *   --stretches N       most of each file (3)
 *   --habits H,H        typed: nothing is accepted; accept: what is right to its end; words: else its next word (all three)
 *   --seed N            of the stretches (1)
 *   --threads N         (absent: as the engine chooses)
 *   --json FILE         the counts, by file and habit; written after each file
 *   --compare FILE      the --json of another run: paired differences, this run less that one, over the files of both
 *   --remember FILE     keeps the backend's answers for other runs: another gate then costs no model. Of another model or build: another file
 *   --answers DIRECTORY each answer of the backend, answers-HABIT.jsonl
 *
 * Each keystroke waits for its answer and no deadline cuts one off: the counts say nothing of speed, and do not depend on it. The person types without an
 * editor's closing brackets; Enter brings the next line's indentation, and a stretch begins behind one. Fetches the files; needs a build.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findModel } from "../bench/findModel";
import { chooseThreads } from "../../src/engine/chooseThreads";
import { DEFAULT_RULE } from "./chooseStretches";
import type { Habit } from "./decideKey";
import { getRealFile } from "./getRealFiles";
import { LlamaInfiller } from "./llamaInfiller";
import { parseSettings } from "./parseSettings";
import { Pipeline } from "./pipeline";
import type { Answered } from "./playStretch";
import { REAL_FILES, type RealFile } from "./realFiles";
import { rememberAnswers } from "./rememberAnswers";
import { replayFile, type ReplayedFile } from "./replayFile";
import { describeDifference, describeRun, type ReplayRun } from "./replayRun";

const HABITS: readonly Habit[] = ["typed", "accept", "words"];
/** Long enough for any answer on any machine. */
const NO_DEADLINE_MS = 60_000;

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
      gate: { type: "string" },
      files: { type: "string", default: "1000" },
      stretches: { type: "string", default: String(DEFAULT_RULE.count) },
      habits: { type: "string", default: HABITS.join() },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: "0" },
      json: { type: "string" },
      compare: { type: "string" },
      remember: { type: "string" },
      answers: { type: "string" },
    },
  });
  const habits = values.habits.split(",") as Habit[];
  const unknown = habits.find((habit) => !HABITS.includes(habit));
  if (unknown !== undefined) throw new Error(`There is no habit ${unknown}: choose from ${HABITS.join(", ")}.`);
  const set = [...values.set, ...(values.gate === undefined ? [] : [`leastSureness=${values.gate === "off" ? "0" : values.gate}`])];
  const other = values.compare === undefined ? undefined : (JSON.parse(readFileSync(values.compare, "utf8")) as ReplayRun);
  const answersOf = (habit: Habit): string => join(values.answers ?? "", `answers-${habit}.jsonl`);
  if (values.answers !== undefined) {
    mkdirSync(values.answers, { recursive: true });
    for (const habit of habits) writeFileSync(answersOf(habit), "");
  }

  const { directory, base } = await findModel(values.model, values.base);
  const threads = chooseThreads(Number(values.threads), availableParallelism());
  const llama = values.peer === undefined ? undefined : await LlamaInfiller.start(values.peer, base, threads);
  const arm = llama === undefined ? "Unmask" : "llama.cpp, one token at a time";
  const answers: Omit<Answered, "ahead">[] = [];
  const pipeline = new Pipeline({
    ...{ modelDirectory: directory, threads, deadlineMs: NO_DEADLINE_MS, timeless: true },
    // comments get no suggestions unless they are asked for, as in the extension's own settings
    settings: { comments: false, ...parseSettings(set) },
    backend: (local) => rememberAnswers(llama ?? local, JSON.stringify([arm, llama === undefined ? directory : base]), values.remember),
    watch: ({ infill: request }) => ({
      onStep: () => undefined,
      onEnd: (infill) => void (infill !== undefined && answers.push({ request, infill })),
    }),
  });
  const files: ReplayedFile[] = [];
  const run: ReplayRun = { arm, set, seed: Number(values.seed), stretches: Number(values.stretches), habits, files };
  const startMs = performance.now();
  try {
    if (llama === undefined) await pipeline.supervisor.warm();
    for (const file of someFiles(Number(values.files))) {
      const replayed = await replayFile(pipeline, file, getRealFile(file), {
        ...run,
        takeAnswers: () => answers.splice(0),
        onAnswers: (habit, lines) => void (values.answers !== undefined && appendFileSync(answersOf(habit), lines.join(""))),
      });
      files.push(replayed);
      // a long run that is stopped has not been for nothing
      if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(run, null, 1) + "\n");
      const keys = habits.map((habit) => `${habit} ${replayed.counts[habit]?.keys ?? 0}`).join(", ");
      const seconds = ((performance.now() - startMs) / 1_000).toFixed(0);
      console.log(`${seconds} s: ${file.package} ${file.path}: ${replayed.stretches} stretches; keys: ${keys}`);
    }
  } finally {
    await pipeline.dispose();
    await llama?.stop();
  }
  console.log(`\n${describeRun(run)}`);
  if (other !== undefined) console.log(`\n${describeDifference(run, other)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
