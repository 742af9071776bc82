/** How many of `length` things to drop from the front so that at most `most` stay, dropping only whole multiples of `step` (but never more than all). */
export function dropInSteps(length: number, most: number, step: number): number {
  if (length <= most) return 0;
  return Math.min(length, Math.ceil((length - most) / step) * step);
}
