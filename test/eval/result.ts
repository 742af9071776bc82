import type { Cut } from "./cuts";
import type { Figures } from "./figures";

export interface ContestantResult {
  readonly name: string;
  readonly cuts: Readonly<Record<Cut, Figures>>;
  /** whole answers, by kind of problem and by language */
  readonly kinds: Readonly<Record<string, Figures>>;
  readonly languages: Readonly<Record<string, Figures>>;
  /** more than the first contestant, on whole answers; absent for the first */
  readonly moreThanFirst?: Figures;
}

export interface EvalResult {
  /** the set's file name */
  readonly data: string;
  /** sha256 of the set's bytes */
  readonly dataSha256: string;
  readonly problems: number;
  readonly machine: Readonly<Record<string, unknown>>;
  readonly contestants: readonly ContestantResult[];
}
