import { learn, leastSureness, type Acceptance } from "./acceptance";

/** What keeps a value on this machine: VS Code's `globalState`, which is not synchronised unless one asks for it. */
export interface KeptValue {
  read(): unknown;
  /** Settles when it is kept; a failure is the caller's to log. */
  write(value: Acceptance | undefined): void;
}

/** Two of three that are shown should be taken, else it is noise. */
const WANTED = 2 / 3;
const RANGE = [0.2, 0.95] as const;
/**
 * From 449 answers of the replay over files that no training saw (test/replay): how often what would be shown was right to its end, by sureness. It weighs
 * as much as 50 suggestions, and begins with a least sureness of 0.71.
 */
export const PRIOR: Acceptance = { a: 0.137, b: 0.629, aa: 10.9, ab: -4.2, bb: 14.6 };

/** From which sureness on something is shown: learned from what this person took and dismissed, on this machine only. */
export class LearnedGate {
  private acceptance: Acceptance;

  constructor(private readonly kept: KeptValue) {
    this.acceptance = readAcceptance(kept.read()) ?? PRIOR;
  }

  get leastSureness(): number {
    return leastSureness(this.acceptance, WANTED, RANGE);
  }

  /** What became of a suggestion that was shown. @param sureness in [0, 1] */
  settled(sureness: number, isTaken: boolean): void {
    this.acceptance = learn(this.acceptance, PRIOR, sureness, isTaken);
    this.kept.write(this.acceptance);
  }

  /** Back to the prior. */
  forget(): void {
    this.acceptance = PRIOR;
    this.kept.write(undefined);
  }
}

/** @returns undefined where the value is not one that was kept */
function readAcceptance(value: unknown): Acceptance | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { a, b, aa, ab, bb } = value as Record<string, unknown>;
  const numbers = [a, b, aa, ab, bb];
  if (!numbers.every((number): number is number => Number.isFinite(number))) return undefined;
  const [shift, slope, c, d, e] = numbers as [number, number, number, number, number];
  return slope > 0 && c > 0 && e > 0 && c * e - d * d > 1e-9 ? { a: shift, b: slope, aa: c, ab: d, bb: e } : undefined;
}
