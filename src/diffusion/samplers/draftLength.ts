/** A row more costs about a twelfth of a pass (measured: 20 ms for one row over 512 tokens, 33 for eight), so a token pays that is right so often. */
const WORTH_A_ROW = 0.1;

/** How many tokens of a draft are worth their rows. @param acceptance of each, in (0, 1) @param most at least 0 */
export function draftLength(acceptance: number, most: number): number {
  return Math.min(most, Math.floor(Math.log(WORTH_A_ROW) / Math.log(acceptance)));
}

/** How many tokens of a draft are right on average. @param length at least 0 */
export function expectedRight(acceptance: number, length: number): number {
  return (acceptance * (1 - acceptance ** length)) / (1 - acceptance);
}
