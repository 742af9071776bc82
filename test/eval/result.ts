import type { Cut } from "./cuts";
import type { Figures } from "./figures";

/** What is said of a contestant's answers. */
export interface ContestantResult {
  readonly cuts: Readonly<Record<Cut, Figures>>;
  /** whole answers, by kind of problem and by language */
  readonly kinds: Readonly<Record<string, Figures>>;
  readonly languages: Readonly<Record<string, Figures>>;
  /** more than the file's first contestant, on whole answers; absent for that one, and while it was not done */
  readonly moreThanFirst?: Figures;
}
