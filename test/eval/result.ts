import type { Cut } from "./cuts";
import type { Figures } from "./figures";

/** What is said of a contestant's answers. */
export interface ContestantResult {
  readonly cuts: Readonly<Record<Cut, Figures>>;
  /** whole answers, by kind of problem and by language */
  readonly kinds: Readonly<Record<string, Figures>>;
  readonly languages: Readonly<Record<string, Figures>>;
}
