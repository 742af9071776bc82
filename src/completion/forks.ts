import type { DenoisingStep } from "../backends/infiller";

/** Another way to go on: at some place of an answer, another token than the one it has. */
export interface Fork {
  /** UTF-16 offset in the answer's text */
  readonly at: number;
  readonly text: string;
  /** Probability by the model that the answer goes this way, in [0, 1]. */
  readonly probability: number;
}

const MOST_FORKS = 3;
/** What is less likely is not worth a request. */
const LEAST_PROBABILITY = 0.02;

/**
 * The likeliest other ways, best first: of each token the alternatives that its own pass had beside it, weighed by what came before.
 * @param step the last one of the answer's denoising
 * @param text the answer as it is shown; what it has lost at its end does not fork
 */
export function forks({ cells }: DenoisingStep, text: string): Fork[] {
  const found: Fork[] = [];
  let at = 0;
  let sureness = 1;
  for (const cell of cells.filter(({ state }) => state !== "clamped")) {
    if (cell.state !== "revealed" || at >= text.length || !text.startsWith(cell.text.slice(0, text.length - at), at)) break;
    for (const other of cell.alternatives) {
      const probability = sureness * other.confidence;
      // The end token reads as nothing; half a character can't be written ahead.
      const isText = other.text.trim() !== "" && !other.text.includes("\uFFFD");
      if (isText && other.text !== cell.text && probability >= LEAST_PROBABILITY) found.push({ at, text: other.text, probability });
    }
    at += cell.text.length;
    sureness *= cell.confidence;
  }
  return found.sort((a, b) => b.probability - a.probability).slice(0, MOST_FORKS);
}
