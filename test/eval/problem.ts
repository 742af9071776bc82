/** A problem's own tests, in HumanEval's form. */
export interface ProblemTests {
  /** defines `check(candidate)` */
  readonly code: string;
  readonly entryPoint: string;
}

/** One thing to fill in. All text has `\n` line ends. */
export interface Problem {
  readonly id: string;
  /** VS Code's language id */
  readonly language: string;
  /** what is missing: a rest of a line, a line, lines, a span; as the set names it */
  readonly kind: string;
  readonly prefix: string;
  readonly suffix: string;
  /** what stood there */
  readonly target: string;
  /** where it is from, if the set says */
  readonly path?: string;
  readonly tests?: ProblemTests;
}
