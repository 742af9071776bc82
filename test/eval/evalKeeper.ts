import type { ContestantSettings } from "./attempt";
import { EvalError } from "./evalError";
import {
  differingSettings,
  newEvalFile,
  readEvalFile,
  writeEvalFile,
  type EvalFile,
  type KeptAttempt,
  type KeptContestant,
  type SetSettings,
} from "./evalFile";
import type { ContestantResult } from "./result";

/** A killed run loses no more than this. */
const SAVE_EVERY_MS = 5_000;

/** Keeps an evaluation, in a file if there is one, so that a run that ended early goes on where it was. */
export class EvalKeeper {
  private savedAtMs: number;
  private saved: EvalFile;
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string | undefined,
    private kept: EvalFile,
    private readonly nowMs: () => number,
  ) {
    this.savedAtMs = nowMs();
    this.saved = kept;
  }

  /**
   * @param file absent: nothing is kept beyond the run
   * @throws EvalError badResult; otherSettings where the file is of another set
   */
  static async open(file: string | undefined, set: SetSettings, nowMs = () => performance.now()): Promise<EvalKeeper> {
    const before = file === undefined ? undefined : await readEvalFile(file);
    if (before) refuseDifferences(file!, differingSettings(before.set, set));
    return new EvalKeeper(file, before ?? newEvalFile(set), nowMs);
  }

  get contestants(): readonly KeptContestant[] {
    return this.kept.contestants;
  }

  /**
   * @param ids of the problems, in order
   * @returns what it has answered already
   * @throws EvalError otherSettings where the file has another one of that name; badResult where its answers are to other problems
   */
  enter(
    { name, settings }: { readonly name: string; readonly settings: ContestantSettings },
    ids: readonly string[],
  ): readonly KeptAttempt[] {
    const before = this.kept.contestants.find((contestant) => contestant.name === name);
    if (before && this.file !== undefined)
      refuseDifferences(
        this.file,
        differingSettings(before.settings, settings).map((one) => `${name}: ${one}`),
      );
    const stray = before?.attempts.find(({ id }, at) => id !== ids[at]);
    if (stray) throw new EvalError({ kind: "badResult", file: this.file!, detail: `has an answer of ${name} to ${stray.id} out of order` });
    if (!before) this.put({ name, settings, machine: {}, attempts: [] });
    return before?.attempts ?? [];
  }

  /** What it answers on, from now on. */
  keepMachine(name: string, machine: KeptContestant["machine"]): void {
    this.put({ ...this.of(name), machine });
  }

  async keepAttempts(name: string, attempts: readonly KeptAttempt[]): Promise<void> {
    this.put({ ...this.of(name), attempts });
    if (this.nowMs() - this.savedAtMs >= SAVE_EVERY_MS) await this.save();
  }

  async keepResult(name: string, result: ContestantResult): Promise<void> {
    this.put({ ...this.of(name), result });
    await this.save();
  }

  /** One write after the other: two judges keep what they found. @throws EvalError notWritten */
  save(): Promise<void> {
    this.saving = this.saving.catch(() => undefined).then(() => this.write());
    return this.saving;
  }

  private async write(): Promise<void> {
    const content = this.kept;
    if (this.file === undefined || content === this.saved) return;
    await writeEvalFile(this.file, content);
    this.saved = content;
    this.savedAtMs = this.nowMs();
  }

  private of(name: string): KeptContestant {
    return this.kept.contestants.find((contestant) => contestant.name === name)!;
  }

  private put(contestant: KeptContestant): void {
    const others = this.kept.contestants;
    const isNew = !others.some(({ name }) => name === contestant.name);
    const contestants = isNew ? [...others, contestant] : others.map((other) => (other.name === contestant.name ? contestant : other));
    this.kept = { ...this.kept, contestants };
  }
}

function refuseDifferences(file: string, differences: readonly string[]): void {
  if (differences.length > 0) throw new EvalError({ kind: "otherSettings", file, differences });
}
