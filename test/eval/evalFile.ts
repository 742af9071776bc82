import { readFile } from "node:fs/promises";
import { replaceFile } from "../../src/model/replaceFile";
import { errorCode } from "../../src/model/store/errorCode";
import type { Attempt, ContestantSettings } from "./attempt";
import type { Cut } from "./cuts";
import { EvalError } from "./evalError";
import type { ContestantResult } from "./result";
import type { Verdict } from "./verdict";

const VERSION = 1;

/** An attempt as it is kept. */
export interface KeptAttempt extends Attempt {
  /** of the problem */
  readonly id: string;
  readonly language: string;
  readonly kind: string;
  /** Absent: not judged yet. */
  readonly verdicts?: Readonly<Record<Cut, Verdict>>;
}

export interface KeptContestant {
  readonly name: string;
  readonly settings: ContestantSettings;
  readonly machine: Readonly<Record<string, unknown>>;
  /** at the set's problems in their order; fewer while the run is not over */
  readonly attempts: readonly KeptAttempt[];
  /** Absent: the run is not over. */
  readonly result?: ContestantResult;
}

/** What all contestants of a file have in common. */
export interface SetSettings {
  /** the set's file name */
  readonly data: string;
  readonly dataSha256: string;
  readonly problems: number;
  readonly maxTokens: number;
  /** whether the models see the file's path, and pieces of the package's other files */
  readonly withProject: boolean;
  /** whether they see the path without such pieces; absent: no */
  readonly withPath?: boolean;
  /** so much of what stands before the region is there; absent: all */
  readonly prefixChars?: number;
}

export interface EvalFile {
  readonly version: typeof VERSION;
  readonly set: SetSettings;
  readonly contestants: readonly KeptContestant[];
}

export function newEvalFile(set: SetSettings): EvalFile {
  return { version: VERSION, set, contestants: [] };
}

/** JSON, an attempt a line: the ids of one fill half a page. */
export function formatEvalFile({ contestants, ...head }: EvalFile): string {
  const of = ({ attempts, ...rest }: KeptContestant): string => {
    const lines = attempts.map((attempt) => JSON.stringify(attempt)).join(",\n");
    return `${JSON.stringify(rest).slice(0, -1)},"attempts":[\n${lines}\n]}`;
  };
  return `${JSON.stringify(head).slice(0, -1)},"contestants":[\n${contestants.map(of).join(",\n")}\n]}\n`;
}

/** @returns undefined where there is none. @throws EvalError badResult */
export async function readEvalFile(file: string): Promise<EvalFile | undefined> {
  const bad = (detail: string, cause?: unknown) => new EvalError({ kind: "badResult", file, detail }, { cause });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw bad(error instanceof SyntaxError ? "is no JSON" : `can't be read (${errorCode(error) ?? String(error)})`, error);
  }
  const read = value as Partial<EvalFile> | null;
  if (read?.version !== VERSION || typeof read.set !== "object" || !Array.isArray(read.contestants))
    throw bad("is no file of an evaluation");
  return read as EvalFile;
}

/** As a whole or not at all. @throws EvalError notWritten */
export async function writeEvalFile(file: string, content: EvalFile): Promise<void> {
  try {
    await replaceFile(file, formatEvalFile(content), `${process.pid}.tmp`);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new EvalError({ kind: "notWritten", file, code }, { cause: error });
  }
}

/** What differs, each as "key: before, now …"; empty for the same settings. */
export function differingSettings(before: object, now: object): string[] {
  const [old, recent] = [before, now] as Readonly<Record<string, unknown>>[];
  const keys = [...new Set([...Object.keys(old!), ...Object.keys(recent!)])].sort();
  return keys.filter((key) => old![key] !== recent![key]).map((key) => `${key}: ${String(old![key])}, now ${String(recent![key])}`);
}
