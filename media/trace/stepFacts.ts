import type { CellState, DenoisingStep } from "../../src/backends/infiller";

export interface StepFacts {
  /** masked or masked again */
  readonly masked: number;
  readonly drafted: number;
  /** revealed so far, the tail counted */
  readonly revealed: number;
  /** known now but not after the step before */
  readonly newlyRevealed: number;
  readonly remasked: number;
  /** milliseconds since the step before, or since the request came */
  readonly tookMs: number;
}

/** @param previous the step before; undefined for the first */
export function stepFacts(step: DenoisingStep, previous: DenoisingStep | undefined): StepFacts {
  const count = (from: DenoisingStep | undefined, ...states: CellState[]): number =>
    from?.cells.filter((cell) => states.includes(cell.state)).length ?? 0;
  const revealed = count(step, "revealed", "tail");
  return {
    masked: count(step, "masked", "remasked"),
    drafted: count(step, "drafted"),
    revealed,
    newlyRevealed: Math.max(0, revealed - count(previous, "revealed", "tail")),
    remasked: count(step, "remasked"),
    tookMs: step.atMs - (previous?.atMs ?? 0),
  };
}
