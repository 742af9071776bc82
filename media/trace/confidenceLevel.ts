/** Least probability of each level, and its name; the page has a colour and an underline for each. */
export const CONFIDENCE_LEVELS = [
  { from: 0, name: "guess" },
  { from: 0.3, name: "doubtful" },
  { from: 0.5, name: "open" },
  { from: 0.7, name: "likely" },
  { from: 0.9, name: "sure" },
] as const;

/** @param confidence in [0, 1]; anything else counts as 0 @returns index into `CONFIDENCE_LEVELS` */
export function confidenceLevel(confidence: number): number {
  return Math.max(
    0,
    CONFIDENCE_LEVELS.findLastIndex((level) => confidence >= level.from),
  );
}
